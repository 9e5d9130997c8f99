using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.PhoneSimulator;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Files of devices with several lines, as such a device reads them: a claimed line has its account, and one that nobody claims any more is off.</summary>
public sealed class LineFileTests
{
    private const string Name = "Bob \"B\" <&>; x = 1, 'y' {{SipPassword}} [ \\TrunkGroup ]";

    public static TheoryData<string, string, int> Devices => new()
    {
        { "polyobi", "OBIHAI/OBi202-3.2.2.5921", 2 },
        { "polyobi", "Poly/OBi504VS-4.0.2.5952", 4 },
        { "polyobi", "Poly/OBi508VS-4.0.2.5952", 8 },
        { "panasonic", "Panasonic_KX-TGP500B04/22.116 (0a156500beef)", 6 },
        { "panasonic", "Panasonic_KX-TGP600/07.103 (0a156500beef)", 8 },
        { "audiocodesmp", "Mozilla/4.0 (compatible; AudioCodes; MP-112 FXS;6.60A.322.003;0A156500BEEF;0)", 2 },
        { "audiocodesmp", "Mozilla/4.0 (compatible; AudioCodes; MP-118 FXS_FXO;6.60A.322.003;0A156500BEEF;0)", 4 },
        { "audiocodesmp", "Mozilla/4.0 (compatible; AudioCodes; MP-124;6.60A.322.003;0A156500BEEF;0)", 24 },
        { "grandstream", "Grandstream Model HW HT802V2 V1.0A SW 1.0.5.4 DevId 0a156500beef", 2 },
        { "ciscoata", "Cisco/ATA192-MPP-11-1-0MPP0401-002 (88019FA42805)", 2 },
    };

    [Theory, MemberData(nameof(Devices))]
    public void Lines_ClaimedAndGivenBack_AreOnAndOff(string vendor, string userAgent, int lines)
    {
        var phone = VendorSamples.Of(vendor).Recognize(userAgent)!;
        VendorSamples.Of(vendor).LinesOf(phone).Should().Be(lines);
        var settings = new PhoneSettings();

        var all = Enumerable.Range(2, lines - 1).Select(number => new LineFacts(number, $"l-{number}", $"SECRET{number}", Name, Name)).ToArray();
        foreach (var claimed in new[] { all, [all[^1]], [], all })
        {
            var file = VendorSamples.Of(vendor).Render(new VendorFile(Own(vendor, phone), VendorSamples.Mac), Facts(phone) with { Lines = claimed });
            var read = PhoneDialect.Of(vendor).Read(new FetchedFile($"cfg{VendorSamples.Mac}.xml", Encoding.UTF8.GetBytes(file)))!;
            read.Faults.Should().BeEmpty();
            settings.Apply(read);

            var accounts = PhoneDialect.Of(vendor).Profile(settings, new PhoneOptions { Mac = VendorSamples.Mac, Vendor = vendor }).Accounts;

            var name = vendor is "panasonic" or "audiocodesmp" ? Name.Replace('"', '\'') : Name;
            accounts.Select(account => (account.Number, account.UserName, account.Password, account.DisplayName)).Should()
                .Equal([(1, "d-user", "SECRET1", "Ann"), .. claimed.Select(line => (line.Number, line.SipUser, line.SipPassword, name))]);
            accounts.Should().OnlyContain(account => account.NextHops[0].Host == "edge1.example.org" && account.Server == "sip.example.org");
        }
    }

    [Theory]
    [InlineData("polyobi", "OBIHAI/OBi200-3.2.2.5921")]
    [InlineData("panasonic", "Panasonic_KX-HDV130/08.103 (0a156500beef)")]
    public void Device_OfOneLine_HasOne(string vendor, string userAgent) =>
        VendorSamples.Of(vendor).LinesOf(VendorSamples.Of(vendor).Recognize(userAgent)!).Should().Be(1);

    private static ConfigFile Own(string vendor, RecognizedPhone phone) => VendorSamples.All[vendor].FilesOfMac
        .Select(file => VendorSamples.Of(vendor).Route(file, phone)).First(file => file?.Kind.IsOwn() == true)!.Kind;

    private static FileFacts Facts(RecognizedPhone phone) => new()
    {
        Phone = phone, Mac = VendorSamples.Mac, Language = "en", DeviceUrl = "https://gateway.example.org:8443/d/TOKEN/", SipUser = "d-user", SipPassword = "SECRET1",
        SipDomain = "sip.example.org", SipHost = "edge1.example.org", SipPort = 5070, SipTransport = PhoneTransport.Udp, IsSignedIn = true, IsDevice = true,
        DisplayName = "Ann", Policy = new EffectivePolicy(),
    };
}
