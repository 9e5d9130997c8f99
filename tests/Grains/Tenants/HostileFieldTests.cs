using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests;

/// <summary>
/// Fields that have a grammar take nothing else; free texts take no control character, and what of them reaches a phone is escaped for its format
/// there.
/// </summary>
public sealed class HostileFieldTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Texts =>
    [
        "{{SipPassword}}", "}}", "a\r\nb", "a\nb: 1", "a\u2028b", "a\u2029b", "a\u0085b", "&e;", "]]>",
        "<!DOCTYPE x>", "a\"b", "a'b", "a b", "../a", "a/../b", "%00 ", "a\0", "\u202ea", "\ud800",
    ];

    public static TheoryData<string> Controls => ["a\r\nb", "a\nb", "a\tb", "a\0b", "a\u0085b", "a\u001b[2J"];

    [Theory, MemberData(nameof(Texts))]
    public void FieldWithAGrammar_HostileText_IsRefused(string text)
    {
        var policies = new[]
        {
            new PhonePolicy { NtpServer = text }, new PhonePolicy { Language = text }, new PhonePolicy { TimeZone = text },
            new PhonePolicy { EmergencyNumbers = [text] },
        };
        policies.Should().AllSatisfy(policy => Put(new NamedPolicy { PolicyId = "p", Policy = policy }).Should().Be("POLICY_INVALID"));
        Put(new NamedPolicy { PolicyId = text, Policy = new PhonePolicy() }).Should().Be("POLICY_INVALID");
        Put(new Site { SiteId = text }).Should().Be("SITE_INVALID");
        Put(new Site { SiteId = "s", PolicyId = text }).Should().Be("SITE_INVALID");
        TenantRules.Decide(new TenantCommand.Ensure(By() with { Tenant = text }), new TenantState(), Now).Next.Should().BeNull("no tenant has such a name");
        Create(new UserProfile { UserId = text, DisplayName = "Ann" }, text).Should().Be("USER_INVALID");
        Create(new UserProfile { UserId = "ann", DisplayName = "Ann", PhoneNumber = text }).Should().Be("USER_INVALID");
    }

    [Theory]
    [InlineData("ntp.example.org")]
    [InlineData("time_1.example.org.")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void NtpServer_NameOrAddress_IsTaken(string server) =>
        Put(new NamedPolicy { PolicyId = "p", Policy = new PhonePolicy { NtpServer = server } }).Should().BeEmpty();

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a\r\nb")]
    [InlineData("a\u2028b")]
    [InlineData("a\0")]
    [InlineData("ä")]
    [InlineData("")]
    public void AdminPasswordOfPhones_OfCharactersThatNotAllFormatsHave_IsRefused(string password) =>
        Put(new NamedPolicy { PolicyId = "p", Policy = new PhonePolicy { PhoneAdminPassword = password } }).Should().Be("POLICY_INVALID");

    [Theory]
    [InlineData("a=b")]
    [InlineData("a\nb")]
    [InlineData("a\u2028b")]
    [InlineData("{{x}}")]
    [InlineData("a\" b")]
    [InlineData("<P2>")]
    [InlineData("&e;")]
    [InlineData("a\0")]
    [InlineData("%00")]
    [InlineData("../a")]
    [InlineData("#a")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("")]
    public void SettingsKey_ThatIsNone_IsRefused(string key) => PutSetting(key, "1").Should().Be("POLICY_INVALID");

    [Theory]
    [InlineData("voip/line/0/description")]
    [InlineData("sip line1 ring tone")]
    [InlineData("Auth_Resync-Reboot_1_")]
    [InlineData("reg.1.label")]
    public void SettingsKey_OfEachVendorsShape_IsTaken(string key) => PutSetting(key, "{{x}} <&> \"1\"").Should().BeEmpty();

    [Theory, MemberData(nameof(Controls))]
    public void FreeText_ControlCharacters_AreRefused(string text)
    {
        Put(new NamedPolicy { PolicyId = "p", DisplayName = text, Policy = new PhonePolicy() }).Should().Be("POLICY_INVALID");
        Put(new Site { SiteId = "s", DisplayName = text }).Should().Be("SITE_INVALID");
        PutSetting("a", text).Should().Be("POLICY_INVALID");
        Create(new UserProfile { UserId = "ann", DisplayName = text }).Should().Be("USER_INVALID");
    }

    [Theory, MemberData(nameof(Controls))]
    public void IdentityProvidersName_ControlCharacters_AreLeftOut(string text)
    {
        var user = new SignedInUser { UserId = "ann", DisplayName = text, PhoneNumber = text };
        var learned = UserRules.Decide(new UserCommand.Learn(user), new UserState(), new UserKey("acme", "ann"), Now).Next!;

        learned.DisplayName.Should().Be(string.Concat(text.Where(c => !char.IsControl(c))));
        learned.PhoneNumber.Should().BeEmpty("it is no number, and the person may sign in all the same");
    }

    [Theory]
    [InlineData("ann@contoso.com", true)]
    [InlineData("müller.jörg@firma.de", true)]
    [InlineData("ann_contoso.com#EXT#@fabrikam.onmicrosoft.com", true)]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82", true)]
    [InlineData("", false)]
    [InlineData("../globex/ann", false)]
    [InlineData("a\\b", false)]
    [InlineData("ann\r\n", false)]
    [InlineData("ann\0", false)]
    [InlineData("ann\u2028", false)]
    [InlineData("\u202enna", false)]
    [InlineData("{{SipPassword}}", false)]
    [InlineData("<script>", false)]
    [InlineData("a\"b", false)]
    [InlineData("%00", false)]
    [InlineData("a b", false)]
    public void IdentityProvidersAccount_IsANameOrNobodys(string name, bool isGood) => UserValidation.IsAccountName(name).Should().Be(isGood);

    private static string Put(NamedPolicy policy) => TenantRules.Decide(new TenantCommand.PutPolicy(By(), policy, null, false), Tenant(), Now).Outcome.Reason;

    private static string Put(Site site) => TenantRules.Decide(new TenantCommand.PutSite(By(), site, false), Tenant(), Now).Outcome.Reason;

    private static string PutSetting(string key, string value) => Put(new NamedPolicy
    {
        PolicyId = "p", Policy = new PhonePolicy { Settings = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(key, value) },
    });

    private static string Create(UserProfile profile, string? key = null) =>
        UserRules.Decide(new UserCommand.Create(By(), profile, ""), new UserState(), new UserKey("acme", key ?? "ann"), Now).Outcome.Reason;

    private static TenantState Tenant() => new() { Exists = true, Version = 1 };

    private static AdminContext By() => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = "c" };
}
