using System.Collections.Immutable;
using System.Text;
using System.Xml;
using SipGateway.Grains.Interfaces;
using SipGateway.PhoneSimulator;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>
/// Whatever somebody wrote into a field, whoever it was: a phone of each vendor, with a reader of its own, reads that same text in the setting
/// where it belongs, and not one setting more or less.
/// </summary>
public sealed class InjectionTests
{
    private const string Marker = "MARKER7";

    // Set by an administrator, an identity provider, or the phone that asks.
    private static readonly Dictionary<string, Func<FileFacts, string, FileFacts>> Fields = new(StringComparer.Ordinal)
    {
        ["display name"] = (facts, text) => facts with { DisplayName = text },
        ["number"] = (facts, text) => facts with { PhoneNumber = text },
        ["NTP server"] = (facts, text) => facts with { Policy = facts.Policy with { NtpServer = text } },
        ["time zone"] = (facts, text) => facts with { Policy = facts.Policy with { TimeZone = text } },
        ["tone country"] = (facts, text) => facts with { Policy = facts.Policy with { ToneCountry = text } },
        ["admin password"] = (facts, text) => facts with { Policy = facts.Policy with { PhoneAdminPassword = text } },
        ["setting"] = (facts, text) => facts with { Policy = facts.Policy with { Settings = Setting(SettingOf(facts.Phone.Vendor), text) } },
        ["language"] = (facts, text) => facts with { Language = text },
        ["user agent"] = (facts, text) => facts with { Phone = facts.Phone with { Model = text, Firmware = text } },
    };

    // Fields that a vendor's files have no place for.
    private static readonly (string Vendor, string Field)[] Without = 
    [
        ("fanvil", "setting"), ("algo", "display name"), ("ciscoata", "number"), ("polyobi", "number"), ("audiocodesmp", "number"),
        ("audiocodesmp", "admin password"),
    ];

    private static readonly string[] HostileKeys =
    [
        "", " ", "a b=c", "a=b", "a: b", "a\nb", "a\u2028b", "{{Mac}}", "{{{SipPassword}}}", "P1></P1><P2", "a\" b", "a\"b=\"c", "xmlns", "xmlns:a", "xml:space", "../a", "#a", ";a",
        "P1 idx", "&e;", "]]>", "%00", "a\0", "'", "<!--",
    ];

    public static MatrixTheoryData<string, string> VendorsAndTexts => new([.. Vendors.All.Select(vendor => vendor.Vendor)], [.. HostileTexts.All.Keys]);

    public static TheoryData<string> Names => [.. Vendors.All.Select(vendor => vendor.Vendor)];

    [Theory, MemberData(nameof(VendorsAndTexts))]
    public void Text_InAnyField_ComesBackAsItself(string vendor, string text)
    {
        foreach (var (field, set) in Fields)
        {
            foreach (var kind in Kinds(vendor))
            {
                var plain = Read(vendor, kind, set(Facts(vendor), Marker));
                var hostile = Read(vendor, kind, set(Facts(vendor), HostileTexts.All[text]));
                var expected = plain.Select(setting => Expected(setting.Value, HostileTexts.All[text], vendor));

                hostile.Select(setting => setting.Key).Should().Equal(plain.Select(setting => setting.Key), "no other setting appears by the {0}", field);
                hostile.Select(setting => setting.Value).Should().Equal(expected, "by the {0}", field);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Fields_OfThePerson_AreInTheFile(string vendor)
    {
        foreach (var field in new[] { "display name", "number", "NTP server", "admin password", "setting" })
        {
            if (Without.Contains((vendor, field))) continue;
            Kinds(vendor).SelectMany(kind => Read(vendor, kind, Fields[field](Facts(vendor), Marker)))
                .Should().Contain(setting => setting.Value != null && setting.Value.Contains(Marker), "else this test shows nothing of {0}", field);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Key_ThatIsNone_IsLeftOut(string vendor)
    {
        foreach (var kind in Kinds(vendor))
        {
            var without = Read(vendor, kind, Facts(vendor));
            foreach (var key in HostileKeys)
            {
                // A name like any other, where names are no attributes.
                if (key == "xmlns" && vendor is not ("poly" or "spectralink")) continue;

                // The value is one that XML reserves, so that a key which becomes a namespace is noticed.
                var facts = Facts(vendor) with { Policy = Facts(vendor).Policy with { Settings = Setting(key, "http://www.w3.org/2000/xmlns/") } };
                Read(vendor, kind, facts).Should().Equal(without, "'{0}' is no key", key);
            }
        }
    }

    private static List<KeyValuePair<string, string?>> Read(string vendor, ConfigFile kind, FileFacts facts)
    {
        var file = Of(vendor).Render(new VendorFile(kind, VendorSamples.Mac), facts);
        var octets = Encoding.UTF8.GetBytes(file);
        if (IsXml(file))
        {
            using var xml = XmlReader.Create(new MemoryStream(octets), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (xml.Read()) xml.NodeType.Should().NotBe(XmlNodeType.CDATA).And.NotBe(XmlNodeType.DocumentType);
        }

        var name = $"cfg{VendorSamples.Mac}.xml";
        if (kind == ConfigFile.Boot && vendor == "yealink")
            return [.. YealinkConfigFile.Parse(file)!.Includes.Select(include => KeyValuePair.Create("include", (string?)include))];
        if (kind == ConfigFile.Boot && vendor == "snomdect")
            return [.. System.Xml.Linq.XDocument.Load(new MemoryStream(octets)).Root!.Elements().Select(one => KeyValuePair.Create("file", one.Attribute("url")?.Value))];
        var read = PhoneDialect.Of(vendor).Read(new FetchedFile(name, octets));
        read.Should().NotBeNull("the phone would throw this file away: {0}", file);
        read.Faults.Should().BeEmpty();
        return [.. read.Settings];
    }

    private static string? Expected(string? plain, string text, string vendor)
    {
        if (plain?.Contains(Marker, StringComparison.Ordinal) != true) return plain;
        var isXml = vendor is not ("yealink" or "audiocodes" or "audiocodesmp" or "mitel" or "panasonic" or "algo" or "generic");
        var value = plain.Replace(Marker, HostileTexts.Carried(text, vendor, isXml), StringComparison.Ordinal);
        return vendor is "yealink" or "audiocodes" or "algo" or "generic" ? value.Trim() : value;
    }

    private static bool IsXml(string file) => file.StartsWith("<?xml", StringComparison.Ordinal);

    private static IVendor Of(string name) => Vendors.All.Single(vendor => vendor.Vendor == name);

    private static IEnumerable<ConfigFile> Kinds(string name)
    {
        var phone = VendorSamples.PhoneOf(name);
        return VendorSamples.All[name].FilesOfMac.Select(file => Of(name).Route(file, phone)!.Kind).Distinct();
    }

    private static string SettingOf(string vendor) => vendor switch
    {
        "yealink" => "phone_setting.backlight_time", "snom" => "backlight", "grandstream" or "htek" => "P8999", "mitel" => "backlight mode",
        "poly" or "spectralink" => "up.backlight", "cisco" or "ciscoata" => "Back_Light_Timer", "ale" => "Backlight", "algo" => "audio.page.vol",
        "polyobi" => "UserPreferences.Light", "audiocodesmp" => "FXSLoopCharacteristics", "generic" => "light", "snomdect" => "light", "audiocodes" => "personal_settings/backlight", "panasonic" => "BACKLIGHT", "gigaset" => "DmGlobal.0.Light", _ => "light",
    };

    private static ImmutableSortedDictionary<string, string> Setting(string key, string value) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(key, value);

    private static FileFacts Facts(string vendor) => new()
    {
        Phone = VendorSamples.PhoneOf(vendor), Mac = VendorSamples.Mac, Language = "de",
        DeviceUrl = "https://gateway.example.org:8443/d/TOKEN/", ScreenUrl = "https://gateway.example.org:8443/s/TOKEN/signin.xml",
        CaUrl = "https://gateway.example.org:8443/ca.crt", SipUser = "d-user", SipPassword = "SECRET", SipDomain = "sip.example.org",
        SipHost = "edge1.example.org", SipPort = 5070, SipTransport = PhoneTransport.Udp, IsSignedIn = true, IsDevice = true, DisplayName = "Ann",
        Policy = new EffectivePolicy { NtpServer = "ntp.example.org", TimeZone = "Europe/Berlin", PhoneAdminPassword = "adm1n" },
    };
}
