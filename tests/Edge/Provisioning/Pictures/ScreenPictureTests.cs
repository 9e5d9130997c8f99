using System.Xml.Linq;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Provisioning.Pictures;

/// <summary>A QR code of where to sign in, on screens that are known to show one.</summary>
public sealed class ScreenPictureTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private const string Address = "https://gw.test/signin?user_code=BCDF-GHJK";

    private static readonly SignInView Pending = new()
    {
        Progress = SignInProgress.Pending,
        VerificationUri = "https://gw.test/signin",
        VerificationUriComplete = Address,
        UserCode = "BCDF-GHJK",
        ExpiresAtUtc = DateTimeOffset.UtcNow.AddMinutes(14.5),
    };

    [Theory]
    [InlineData("https://gateway.example.org:8443/signin?user_code=BCDF-GHJK", true)]
    [InlineData("x", true)]
    [InlineData("", false)]
    public void Picture_OfAnAddress_IsReadByACamera(string address, bool isThere)
    {
        foreach (var file in new[] { "qr.png", "QR.BMP" })
        {
            var picture = QrPicture.Of(file, address);
            (picture is not null).Should().Be(isThere);
            if (picture is not null) Camera.Read(picture).Should().Be(address);
        }
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void Picture_OfALongAddress_IsSmallOrNone(int length, bool isThere)
    {
        var address = "https://gw.test/" + new string('a', length - 16);

        foreach (var file in new[] { "qr.png", "qr.bmp" })
        {
            var picture = QrPicture.Of(file, address);
            (picture is not null).Should().Be(isThere);
            if (picture is null) continue;
            picture.Length.Should().BeLessThan(QrPicture.MaxBytes);
            Camera.Read(picture).Should().Be(address);
        }
    }

    [Fact]
    public async Task Yealink_WithColours_HasAKeyThatShowsThePictureAndGoesOnAsking()
    {
        Script.View = Pending;
        var text = XDocument.Parse((await GetAsync(ScreenOf("signin.xml"), isSecure: true)).Text).Root!;
        text.Element("Text")!.Value.Should().Contain("BCDF-GHJK", "who has no camera types");

        var answer = await GetAsync(KeyOf(text, "QR code"), isSecure: true);
        var page = XDocument.Parse(answer.Text).Root!;
        page.Name.LocalName.Should().Be("YealinkIPPhoneImageScreen");
        (await SeenAsync(page.Element("Image")!.Value, UserAgent(Mac))).Should().Be(("image/png", Address));
        answer.Headers["Refresh"].Should().EndWith("signin.xml?code=BCDF-GHJK&qr");
        KeyOf(page, "Back").Should().EndWith("signin.xml?code=BCDF-GHJK");

        Script.View = Pending with { Progress = SignInProgress.SignedIn, Message = "Alice Adams" };
        var done = XDocument.Parse((await GetAsync(answer.Headers["Refresh"].Split("url=")[1], isSecure: true)).Text).Root!;
        done.Element("Text")!.Value.Should().Be("Alice Adams");
        Script.Starts.Should().HaveCount(1);
    }

    [Fact]
    public async Task Yealink_WithoutColours_HasTheTextAlone()
    {
        Script.View = Pending;
        foreach (var more in new[] { "", "?code=BCDF-GHJK&qr" })
        {
            var page = (await Server.GetAsync(ScreenOf("signin.xml") + more, UserAgent(Mac, "T42G", "29.83.0.50"), isSecure: true)).Text;
            page.Should().Contain("YealinkIPPhoneTextScreen").And.Contain("BCDF-GHJK").And.NotContain("qr.png").And.NotContain("QR code");
        }
    }

    [Fact]
    public async Task Poly_ShowsThePictureBesideTheText()
    {
        Script.View = Pending;
        var agent = $"FileTransport PolycomVVX-VVX_450-UA/6.4.3.5156 (SN:{Mac}) Type/Application";
        var page = XDocument.Parse((await Server.GetAsync(ScreenOf("signin.xml"), agent, isSecure: true)).Text).Root!;

        page.Value.Should().Contain("BCDF-GHJK");
        (await SeenAsync(page.Descendants("img").Single().Attribute("src")!.Value, agent)).Should().Be(("image/bmp", Address));
        var small = $"FileTransport PolycomSoundPointIP-SPIP_335-UA/3.2.1.0078 (SN:{Mac})";
        (await Server.GetAsync(ScreenOf("signin.xml"), small, isSecure: true)).Text.Should().Contain("BCDF-GHJK").And.NotContain("<img");
    }

    [Fact]
    public async Task Cisco_WithColours_ShowsThePictureAsAPage()
    {
        Script.View = Pending;
        var agent = $"Cisco-CP-8841-3PCC/11.3.7 ({Mac})";
        var text = XDocument.Parse((await Server.GetAsync(ScreenOf("signin.xml"), agent, isSecure: true)).Text).Root!;
        var key = text.Elements("SoftKeyItem").Single(k => k.Element("Name")!.Value == "QR code").Element("URL")!.Value;

        var page = XDocument.Parse((await Server.GetAsync(key, agent, isSecure: true)).Text).Root!;

        page.Name.LocalName.Should().Be("CiscoIPPhoneImageFile");
        page.Element("Title")!.Value.Should().Be("BCDF-GHJK");
        (await SeenAsync(page.Element("URL")!.Value, agent)).Should().Be(("image/png", Address));
        (await Server.GetAsync(ScreenOf("signin.xml"), $"Cisco-CP-7841-3PCC/11.3.7 ({Mac})", isSecure: true)).Text.Should().NotContain("QR code");
    }

    [Fact]
    public async Task Picture_OfAnAuthorityWithoutAnAddressForTheCode_IsThatOfWhereToTypeIt()
    {
        Script.View = Pending with { VerificationUriComplete = "" };

        (await SeenAsync(ScreenOf("qr.png") + "?code=BCDF-GHJK", UserAgent(Mac))).Should().Be(("image/png", "https://gw.test/signin"));
    }

    [Fact]
    public async Task Picture_WithoutTheCodeThatWasShown_OrAfterIt_IsNotThere()
    {
        var picture = ScreenOf("qr.png");
        var good = picture + "?code=BCDF-GHJK";
        Script.View = Pending;
        foreach (var url in new[] { picture, picture + "?code=", picture + "?code=AAAA-AAAA", picture + "?code=BCDF-GHJ" })
            (await GetAsync(url, isSecure: true)).Status.Should().Be(404, url);
        (await GetAsync(good)).Status.Should().Be(404, "over plain http somebody else would see it");
        (await GetAsync("/s/invented/qr.png?code=BCDF-GHJK", isSecure: true)).Status.Should().Be(404);
        (await GetAsync(good, isSecure: true)).Status.Should().Be(200);

        foreach (var view in new[]
        {
            Pending with { ExpiresAtUtc = DateTimeOffset.UtcNow.AddSeconds(-1) }, Pending with { Progress = SignInProgress.SignedIn, Message = "Alice" },
            Pending with { VerificationUriComplete = "https://gw.test/" + new string('a', 300) },
        })
        {
            Script.View = view;
            (await GetAsync(good, isSecure: true)).Status.Should().Be(404);
        }

        Script.Starts.Should().BeEmpty("a picture starts nothing");
    }

    private static string KeyOf(XElement page, string label) => page.Elements("SoftKey").Single(key => key.Element("Label")!.Value == label).Element("URI")!.Value;

    private async Task<(string Type, string? Says)> SeenAsync(string url, string agent)
    {
        var answer = await Server.GetAsync(url, agent, isSecure: true);
        answer.Status.Should().Be(200);
        answer.Headers["Cache-Control"].Should().Be("no-store");
        return (answer.Headers["Content-Type"], Camera.Read(answer.Octets));
    }
}
