using System.Collections.Immutable;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>Six layers: which of them there are for a phone, and which a value is from.</summary>
public sealed class PolicyLayersTests
{
    private static readonly PolicySubject Subject = new("yealink", "T46S", "berlin", "boss", "own");

    [Fact]
    public void Layers_AllThere_GoFromTheWidestToTheNarrowest()
    {
        var layers = PolicyLayers.Of(Tenant(), Subject, new DeviceOptions());

        layers.Select(l => (l.Kind, l.PolicyId)).Should().Equal(
            (PolicyLayerKind.Gateway, ""), (PolicyLayerKind.Tenant, "default"), (PolicyLayerKind.Site, "lobby"), (PolicyLayerKind.Model, "t46"),
            (PolicyLayerKind.User, "boss"), (PolicyLayerKind.Device, "own"));
    }

    [Theory]
    [InlineData("yealink", "T46S", "t46")]
    [InlineData("yealink", "t46s", "t46")]
    [InlineData("yealink", "T48S", "all")]
    [InlineData("yealink", "*", "all")]
    [InlineData("snom", "T46S", null)]
    [InlineData("", "", null)]
    public void Model_ItselfGoesBeforeItsVendors(string vendor, string model, string? policy) =>
        PolicyLayers.Of(Tenant(), Subject with { Vendor = vendor, Model = model }, new DeviceOptions())
            .FirstOrDefault(l => l.Kind == PolicyLayerKind.Model)?.PolicyId.Should().Be(policy);

    [Fact]
    public void Layers_OfPoliciesThatAreGone_AreNone() =>
        PolicyLayers.Of(Tenant() with { Policies = ImmutableSortedDictionary<string, NamedPolicy>.Empty }, Subject, new DeviceOptions())
            .Should().ContainSingle().Which.Kind.Should().Be(PolicyLayerKind.Gateway);

    [Fact]
    public void Explain_EachValue_NamesTheLayerItIsFrom_AndNoSecret()
    {
        var values = PolicyLayers.Explain(PolicyLayers.Of(Tenant(), Subject, new DeviceOptions { GatewayPolicy = new PhonePolicy { NtpServer = "ntp.test" } }));

        values.Select(v => v.Key).Should().BeInAscendingOrder(StringComparer.Ordinal);
        From("ntp_server").Should().Be(("ntp.test", PolicyLayerKind.Gateway, ""));
        From("language").Should().Be(("ja", PolicyLayerKind.Device, "own"));
        From("time_zone").Should().Be(("Europe/Berlin", PolicyLayerKind.Site, "lobby"));
        From("use_24_hour_clock").Should().Be(("true", PolicyLayerKind.Gateway, ""), "nobody said otherwise");
        From("settings.phone_setting.backlight_time").Should().Be(("60", PolicyLayerKind.Model, "t46"));
        From("phone_admin_password").Should().Be((SecretValues.Mask, PolicyLayerKind.Tenant, "default"));
        From("settings.features.remote.password").Should().Be((SecretValues.Mask, PolicyLayerKind.User, "boss"));
        values.Should().NotContain(v => v.Value.Contains("geheim"));

        (string, PolicyLayerKind, string) From(string key)
        {
            var value = values.Single(v => v.Key == key);
            return (value.Value, value.Layer, value.PolicyId);
        }
    }

    [Fact]
    public void Effective_IsWhatIsExplained()
    {
        var layers = PolicyLayers.Of(Tenant(), Subject, new DeviceOptions());

        var effective = PolicyRules.Complete(PolicyRules.Effective(layers.Select(l => l.Policy)));

        PolicyLayers.ValuesOf(effective).Should().BeEquivalentTo(PolicyLayers.Explain(layers).Select(v => (v.Key, v.Value)));
    }

    private static TenantSnapshot Tenant() => new()
    {
        Tenant = "acme",
        Exists = true,
        Policies = new Dictionary<string, PhonePolicy>
        {
            ["default"] = new() { Language = "en", TimeZone = "UTC", PhoneAdminPassword = "geheim1" },
            ["lobby"] = new() { TimeZone = "Europe/Berlin" },
            ["t46"] = new() { Language = "de", Settings = Settings("phone_setting.backlight_time", "60") },
            ["all"] = new() { Settings = Settings("phone_setting.backlight_time", "0") },
            ["boss"] = new() { Language = "fr", Settings = Settings("features.remote.password", "geheim2") },
            ["own"] = new() { Language = "ja" },
        }.ToImmutableSortedDictionary(p => p.Key, p => new NamedPolicy { PolicyId = p.Key, Policy = p.Value }),
        Sites = ImmutableSortedDictionary<string, Site>.Empty.Add("berlin", new Site { SiteId = "berlin", PolicyId = "lobby" }),
        ModelPolicies = ImmutableSortedDictionary<string, string>.Empty.Add("yealink/T46S", "t46").Add("yealink/*", "all"),
    };

    private static ImmutableSortedDictionary<string, string> Settings(string key, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, value);
}
