using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>The vendor folder by itself.</summary>
public sealed class YealinkTests
{
    private readonly YealinkVendor yealink = new();

    [Theory]
    [InlineData("Yealink SIP-T46G 28.72.0.1 00:15:65:4a:a9:37", "T46G", "28.72.0.1", "0015654aa937")]
    [InlineData("yealink SIP-T28P 2.70.0.140 00:15:65:13:ae:0b", "T28P", "2.70.0.140", "00156513ae0b")]
    [InlineData("Yealink SIP-T38G  38.70.0.125 00:15:65:2f:c3:5e", "T38G", "38.70.0.125", "0015652fc35e")]
    [InlineData("Yealink SIP VP-T49G 51.80.0.10 00:15:65:9b:5a:44", "T49G", "51.80.0.10", "0015659b5a44")]
    [InlineData("W52P 25.30.0.2 00:15:65:44:b3:7c", "W52P", "25.30.0.2", "00156544b37c")]
    [InlineData("Yealink W60B 77.81.0.35 80:5e:c0:09:ab:dc", "W60B", "77.81.0.35", "805ec009abdc")]
    [InlineData("Yealink SIP-T85W 185.87.0.10 44:db:d2:67:58:4b", "T85W", "185.87.0.10", "44dbd267584b")]
    [InlineData("Yealink SIP-T56A  58.80.0.25 001565f429a4", "T56A", "58.80.0.25", "001565f429a4")]
    [InlineData("Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0", "T46G", "28.71.0.81", "")]
    [InlineData("Yealink SIP-T57W 96.86.5.1", "T57W", "96.86.5.1", "")]
    [InlineData("Yealink SIP-T21P_E2 52.83.0.35", "T21P_E2", "52.83.0.35", "")]
    public void UserAgent_OfAYealink_IsRead(string userAgent, string model, string firmware, string mac) =>
        yealink.Recognize(userAgent).Should().Be(new RecognizedPhone("yealink", model, firmware, mac));

    [Theory]
    [InlineData("")]
    [InlineData("Mozilla/5.0 (Yealink SIP-T46G 28.72.0.1)")]
    [InlineData("Yealink SIP-T46G")]
    [InlineData("Yealink SIP-T46G 28.72.0.1 00:15:65:4a:a9")]
    [InlineData("Yealink SIP-T46G 28.72.0.1 00:15:65:4a:a9:37 extra")]
    [InlineData("Yealink SIP-T46G 28.72.0.1 00:15:65:4a:a9:37\n")]
    [InlineData("Yealink SIP-T46G 28.72.0.1 00:00:00:00:00:00")]
    [InlineData("Yealink SIP-T46G 28.72.0.1\r\nX: y")]
    [InlineData("Grandstream Model HW GXP1405 SW 1.0.4.23 DevId 000b8240d55c")]
    [InlineData("Fanvil X5U-V2 2.12.16.17 0c383e557eb1")]
    public void UserAgent_OfAnythingElse_IsNot(string userAgent) => yealink.Recognize(userAgent).Should().BeNull();

    [Theory]
    [InlineData("001565aabbcc.boot", ConfigFile.Boot, "001565aabbcc")]
    [InlineData("001565AABBCC.Boot", ConfigFile.Boot, "001565aabbcc")]
    [InlineData("001565aabbcc.cfg", ConfigFile.Device, "001565aabbcc")]
    [InlineData("y000000000066.cfg", ConfigFile.Common, "")]
    [InlineData("Y000000000000.boot", ConfigFile.Boot, "001565000009")]
    public void FileName_OfTheBootOrder_IsRouted(string name, ConfigFile kind, string mac) =>
        yealink.Route(name, new RecognizedPhone("yealink", "T46S", "66.86.0.15", "001565000009")).Should().Be(new VendorFile(kind, mac));

    [Fact]
    public void Notify_RestartBoots_ResyncDoesNot()
    {
        yealink.Event(NotifyKind.Resync).Should().Be("check-sync;reboot=false");
        yealink.Event(NotifyKind.Restart).Should().Be("check-sync;reboot=true");
    }

    [Fact]
    public void Screen_HostileTexts_StayTexts()
    {
        const string Hostile = "</Text><SoftKey index=\"9\"><URI>http://evil</URI></SoftKey>&x;]]>\u0001\uffff";

        var xml = yealink.RenderScreen(new ScreenFacts(Hostile, [Hostile], [(Hostile, "https://x/?a=1&b=2"), ("Exit", "")]));

        var root = System.Xml.Linq.XDocument.Parse(xml).Root!;
        root.Elements("SoftKey").Should().HaveCount(2);
        root.Element("Text")!.Value.Should().Be(Hostile.Replace('\u0001', ' ').Replace('\uffff', ' '));
        root.Elements("SoftKey").Select(k => k.Element("URI")!.Value).Should().Equal("https://x/?a=1&b=2", "SoftKey:Exit");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("pt")]
    [InlineData("ja")]
    public void Texts_OfEachLanguage_AreComplete(string language)
    {
        var texts = ScreenTexts.Of(language);

        texts.All.Should().HaveCount(Enum.GetValues<ScreenText>().Length).And.OnlyContain(t => t.Length > 0);
        texts[ScreenText.MinutesLeft].Should().Contain("{0}");
        if (language != "en") texts.All.Should().NotIntersectWith(ScreenTexts.Of("en").All);
    }
}
