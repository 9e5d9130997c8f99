using System.Xml;
using System.Xml.Linq;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Provisioning.KnownAttacks;

/// <summary>XML that others read too much into, and texts that would like to be XML.</summary>
public sealed class XmlAttackTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private const string Hostile = "<script>alert(1)</script>&xxe;]]>\"'<!--\u0000\u0008\uD800\uFFFE";

    [Theory]
    [InlineData("signin.xml")]
    [InlineData("signin.xml?code=" + "%3C!DOCTYPE%20x%20SYSTEM%20%22file:///etc/passwd%22%3E")]
    [InlineData("signout.xml")]
    [InlineData("signout.xml?yes=%3Cscript%3E")]
    [KnownAttack("CVE-2021-1000004 (ES2021-02)")]
    [KnownAttack("GHSA-85x7-54wr-vh42 (2026)")]
    public async Task Screen_WithHostileTexts_IsXmlAndTheTextsAreText(string page)
    {
        Script.View = new SignInView
        {
            Progress = SignInProgress.Pending, UserCode = "ABC" + Hostile, VerificationUri = "https://x/" + Hostile, Message = Hostile,
            ExpiresAtUtc = DateTimeOffset.UtcNow.AddMinutes(5),
        };

        var answer = await GetAsync(ScreenOf(page), isSecure: true);

        answer.Status.Should().Be(200);
        using var reader = XmlReader.Create(
            new StringReader(answer.Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var root = XDocument.Load(reader).Root!;
        root.Name.LocalName.Should().Be("YealinkIPPhoneTextScreen");
        root.Descendants().Select(e => e.Name.LocalName).Distinct().Should().BeSubsetOf(["Title", "Text", "SoftKey", "Label", "URI"]);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>")]
    [KnownAttack("GHSA-85x7-54wr-vh42 (2026)")]
    public async Task Xml_PostedByAPhone_IsReadByNobody(string xml)
    {
        foreach (var (path, agent, status) in new[] { (ScreenOf("signin.xml"), "none", 403), (ScreenOf("signin.xml"), UserAgent(Mac), 404), ("/report.xml", UserAgent(Mac), 200) })
        {
            var answer = await Server.RawAsync(
                $"POST {path} HTTP/1.1\r\nHost: x\r\nUser-Agent: {agent}\r\nConnection: close\r\nContent-Type: text/xml\r\n"
                + $"Content-Length: {xml.Length}\r\n\r\n{xml}");

            answer.Should().StartWith($"HTTP/1.1 {status} ").And.NotContain("root:").And.NotContain("aaaaaaaaaa");
        }
    }
}
