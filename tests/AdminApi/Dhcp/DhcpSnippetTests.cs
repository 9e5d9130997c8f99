using System.Text.Json;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi.Tests;

/// <summary>The texts as they are pasted, and what is refused.</summary>
public sealed class DhcpSnippetTests
{
    private const string Url = "http://phones.example.com:8080/";

    public static readonly TheoryData<string> Servers = [.. DhcpDialects.Of(DhcpSnippet.Types.Server.Unspecified).Select(d => DhcpDialects.NameOf(d.Server))];

    [Theory]
    [MemberData(nameof(Servers))]
    public void Snippet_ForAllPhones_IsTheGoldenOne(string server) =>
        Text(server, Url, ["192.0.2.1", "192.0.2.2"], "America/New_York", "").Should().Be(Golden(server, "all"));

    [Theory]
    [MemberData(nameof(Servers))]
    public void Snippet_ForOneVendor_IsTheGoldenOneOrRefused(string server)
    {
        if (server == "CISCO_IOS")
        {
            Dialect(server).Refuse(Values(Url, [], "", "poly"))!.Field.Should().Be("vendor");
            return;
        }

        Text(server, Url, ["192.0.2.1"], "Europe/Vienna", "POLY").Should().Be(Golden(server, "poly"));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Snippet_WhatMeansSomethingToTheServer_IsEscaped(string server) =>
        Text(server, "http://phones.example.com/a,b/$x/o'n#1/{mac}", [], "", "").Should().Be(Golden(server, "odd"));

    [Fact]
    public void Kea_EveryText_IsJson()
    {
        foreach (var vendor in DhcpVendors.All.Select(v => v.Name).Append(""))
        {
            var parsed = JsonDocument.Parse(Text("KEA", Url, ["192.0.2.1"], "Asia/Kathmandu", vendor)).RootElement;
            parsed.GetProperty("Dhcp4").TryGetProperty(vendor.Length > 0 ? "client-classes" : "option-data", out _).Should().BeTrue();
        }
    }

    [Fact]
    public void Values_EverythingWrong_IsToldAtOnce()
    {
        var (values, refusals) = DhcpValues.Read("ftp://x/", ["pool.ntp.org", "10", "::1"], "../etc/passwd", "cisco");

        values.Should().BeNull();
        refusals.Select(r => r.Field).Should().Equal("provisioning_url", "ntp_servers", "ntp_servers", "ntp_servers", "time_zone", "vendor");
        refusals[^1].Sentence.Should().Contain("leave the vendor out");
    }

    [Theory]
    [InlineData("http://phones.example.com/a b")]
    [InlineData("http://phones.example.com/\"; evil")]
    [InlineData("http://phones.example.com/a\\b")]
    [InlineData("http://phones.example.com/a\nb")]
    [InlineData("http://phones.example.com/\0")]
    [InlineData("http://phönes.example.com/")]
    [InlineData("/etc")]
    [InlineData("")]
    public void Url_ThatAnOptionCannotCarry_IsRefused(string url) =>
        DhcpValues.Read(url, [], "", "").Refusals.Should().Contain(r => r.Field == "provisioning_url");

    [Fact]
    public void Url_LongerThanAnOption_IsRefused() =>
        DhcpValues.Read(Url + new string('x', 256), [], "", "").Refusals.Should().ContainSingle(r => r.Sentence.Contains("255"));

    [Theory]
    [InlineData("http://phones.example.com", "http://phones.example.com/dhcp/")]
    [InlineData("http://phones.example.com/", "http://phones.example.com/dhcp/")]
    [InlineData("http://phones.example.com/lang_de/", "http://phones.example.com/lang_de/")]
    public void Url_WithoutAPath_SaysHowThePhoneCame(string url, string told) => Values(url, [], "", "").ProvisioningUrl.Should().Be(told);

    [Fact]
    public void CiscoIos_QuestionMark_IsRefused() =>
        Dialect("CISCO_IOS").Refuse(Values(Url + "?a", [], "", ""))!.Field.Should().Be("provisioning_url");

    private static IDhcpDialect Dialect(string server) => DhcpDialects.Of(DhcpSnippet.Types.Server.Unspecified).Single(d => DhcpDialects.NameOf(d.Server) == server);

    private static string Text(string server, string url, string[] ntp, string zone, string vendor) =>
        Dialect(server).Write(Values(url, ntp, zone, vendor));

    private static DhcpValues Values(string url, string[] ntp, string zone, string vendor)
    {
        var (values, refusals) = DhcpValues.Read(url, ntp, zone, vendor);
        refusals.Should().BeEmpty();
        return values!;
    }

    private static string Golden(string server, string what)
    {
        var name = $"{server.ToLowerInvariant()}-{what}.txt";
        using var stream = typeof(DhcpSnippetTests).Assembly.GetManifestResourceStream(name);
        stream.Should().NotBeNull($"{name} is a golden file");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
