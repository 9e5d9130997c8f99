namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What phones of each vendor say of themselves and ask for: seen in the field, as the vendors' folders have it.</summary>
/// <param name="Model">Of the first sample.</param>
/// <param name="UserAgents">Each another form; none for a vendor whose phones are known by their files alone.</param>
/// <param name="Files">Names of the boot order; <c>MAC</c> and <c>mac</c> stand for the phone's.</param>
internal sealed record VendorSamples(string Model, string[] UserAgents, string[] Files)
{
    public const string Mac = "0a156500beef";

    /// <summary>The first user agent says the MAC; else it is in the file's name alone.</summary>
    public bool SaysMac { get; init; } = true;

    public static readonly Dictionary<string, VendorSamples> All = new(StringComparer.Ordinal)
    {
        ["yealink"] = new("T46S", ["Yealink SIP-T46S 66.86.5.1 0a:15:65:00:be:ef", "W52P 25.30.0.2 0a:15:65:00:be:ef"], ["mac.boot", "y000000000066.cfg", "mac.cfg"]),
        ["snom"] = new(
            "D785",
            [
                "Mozilla/4.0 (compatible; snomD785-SIP 10.1.33.33 2010.12-00004-g9ba52f5 0A156500BEEF SXM:0 UXM:0)",
                "Mozilla/4.0 (compatible; snom710-SIP 8.7.5.35 1.1.5-IFX-05.01.12 0a156500beef)", "Mozilla/4.0 (compatible; snom320-SIP 8.4.18 1.1.3-s)",
            ],
            ["snomD785.htm", "snomD785-MAC.htm"]),
        ["grandstream"] = new(
            "GXP1405",
            [
                "Grandstream Model HW GXP1405 SW 1.0.4.23 DevId 0a156500beef", "Grandstream Model HW GXV3350  V1.3A SW 1.0.1.8 DevId 0a156500beef",
                "Grandstream Model HW HT802V2 V1.0A SW 1.0.5.4 DevId 0a156500beef",
            ],
            ["cfgmac.xml", "cfg.xml"]),
        ["htek"] = new("UC903", ["Htek UC903 2.0.4.2 0a:15:65:00:be:ef"], ["cfgmac.xml"]),
        ["fanvil"] = new(
            "X5U-V2",
            ["Fanvil X5U-V2 2.12.16.17 0a156500beef", "Fanvil X6U Pro 0.0.10 0a156500beef", "Fanvil W620W 2.16.10 0a156500beef"],
            ["mac.cfg"]),
        ["mitel"] = new("6920", ["Mitel6920 MAC:0A-15-65-00-BE-EF V:6.4.0.140-SIP", "Aastra6731i MAC:0A-15-65-00-BE-EF V:3.2.0.70-SIP"], ["startup.cfg", "6920.cfg", "MAC.cfg"]),
        ["poly"] = new(
            "CCX_500",
            [
                "FileTransport PolyCCX-CCX_500-UA/9.4.1.0508 (SN:0a156500beef) Type/Application", "FileTransport PolycomSoundPointIP-SPIP_335-UA/3.2.1.0078",
                "FileTransport PolycomVVX-VVX_400-UA/4.1.4.7430 Type/Application", "FileTransport PolycomSoundStationIP-SSIP_6000-UA/5.0.3.1667 Type/Updater",
                "FileTransport PolycomSoundStationIP-SSIP_5000-UA/4.0.3.7562 (SN:0a156500beef) Type/Application",
            ],
            ["mac.cfg", "000000000000.cfg", "mac-user.cfg"]),
        ["cisco"] = new(
            "CP-8841-3PCC",
            [
                "Cisco-CP-8841-3PCC/11.0 (0a156500beef)", "Cisco-CP-7832-3PCC/11.0.1 (0a156500beef)", "Cisco/SPA501G-7.4.4 (0A156500BEEF)(CBT141100HR)",
                "Linksys/SPA-942-6.1.5(a) (88019FA42805)",
            ],
            ["8841.xml", "CP-8841-3PCC.cfg", "mac.xml"]),
        ["audiocodes"] = new(
            "440HDG",
            [
                "AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 0A156500BEEF)", "AUDC-IPPhone/2.0.0_build_15 (420HD; 0A156500BEEF)",
                "AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1", "AUDC-IPPhone-445HD_UC_3.4.8/1.0",
            ],
            ["MAC.cfg"]),
        ["audiocodesmp"] = new(
            "MP-118 FXS",
            [
                "Mozilla/4.0 (compatible; AudioCodes; MP-118 FXS;6.60A.322.003;0A156500BEEF;0)",
                "Mozilla/4.0 (compatible; AudioCodes; MP-114 FXS_FXO;6.60A.255.004;0a156500beef;)", "Mozilla/4.0 (compatible; AudioCodes; MP-124;6.60A.322.003;0a156500beef;1)",
            ],
            ["mac.ini"]),
        ["panasonic"] = new("KX-UT113", ["Panasonic_KX-UT113/01.133 (0a156500beef)"], ["KX-UT113.cfg", "ConfigMAC.cfg"]),
        ["gigaset"] = new(
            "N870 IP PRO",
            [
                "Gigaset N870 IP PRO/83.V2.11.0+build.a546b91;0A156500BEEF", "N510 IP PRO/42.245.00.000.000;0A156500BEEF", "Gigaset N720 DM PRO/70.089.00",
            ],
            ["mac.xml", "MAC.xml"]),
        ["snomdect"] = new(
            "M900",
            ["Mozilla/4.0 (compatible; Snom M900 05.20.0001 0a156500beef)", "Mozilla/4.0 (compatible; Snom M300 06.30.0500 0A156500BEEF)"],
            ["snomM900.htm", "snomM900-MAC.htm", "MAC.xml"]),
        ["ciscoata"] = new(
            "ATA191",
            ["Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4)", "Cisco/ATA192-MPP-11-1-0MPP0401-002 (88019FA42805)"],
            ["191.xml", "ATA191.xml", "ata192.cfg", "mac.xml"]) { SaysMac = false },
        ["polyobi"] = new("OBi202", ["OBIHAI/OBi202-3.2.2.5921", "Poly/OBi508VS-4.0.2.5952"], ["OBi202.xml", "MAC.xml", "obimac.cfg"]) { SaysMac = false },
        ["generic"] = new("SIP device", [], ["generic-mac.cfg", "generic-MAC.txt", "generic-mac.conf", "generic-mac.ini"]),
        ["algo"] = new("8301", ["Algo-8301/5.5 (0a156500beef)", "Algo-8180/4.2.1"], ["algommac.conf", "algomMAC.conf"]),
        ["spectralink"] = new(
            "SL_8440",
            ["FileTransport Spectralink-SL_8440-UA/5.4.4.2 (SN:0a156500beef) Type/Application", "FileTransport Spectralink-SL_8452-UA/4.7.0.1 Type/Updater"],
            ["mac.cfg", "000000000000.cfg", "mac-user.cfg"]),
        ["ale"] = new("8028s-GE", ["ALE 8028s-GE 1.51.52.2204 0a156500beef", "ALE 8008 1.50.03.2203 0a156500beef"], ["config.mac.xml"]),
    };

    /// <summary>The same phones over SIP: the User-Agent, the model and the firmware it says; a vendor without one says no model there.</summary>
    public static readonly (string Vendor, string UserAgent, string Model, string Firmware)[] OverSip =
    [
        ("yealink", "Yealink SIP-T27G 69.86.0.15", "T27G", "69.86.0.15"),
        ("yealink", "Yealink W60B 77.83.0.85", "W60B", "77.83.0.85"),
        ("yealink", "Yealink SIP-T46S 66.86.5.1 0a156500beef", "T46S", "66.86.5.1"),
        ("poly", "PolycomVVX-VVX_310-UA/5.3.0.12768", "VVX_310", "5.3.0.12768"),
        ("poly", "PolycomVVX-VVX_310-UA/4.1.4.7430_0a156500beef", "VVX_310", "4.1.4.7430"),
        ("poly", "Polycom/5.4.3.2007 PolycomRealPresenceTrio-Trio_8800-UA/5.4.3.2007", "Trio_8800", "5.4.3.2007"),
        ("spectralink", "PolycomSpectralink-SL_8440-UA/4.11.0.5113", "SL_8440", "4.11.0.5113"),
        ("snom", "snomD785/10.1.84.12", "D785", "10.1.84.12"),
        ("grandstream", "Grandstream GXP2130 1.0.7.25", "GXP2130", "1.0.7.25"),
        ("grandstream", "Grandstream HT802 1.0.17.5", "HT802", "1.0.17.5"),
        ("fanvil", "Fanvil X5U-V2 2.12.16.17", "X5U-V2", "2.12.16.17"),
        ("mitel", "Mitel 6930/6.4.0.132", "6930", "6.4.0.132"),
        ("mitel", "Aastra 6731i/3.2.2.3077", "6731i", "3.2.2.3077"),
        ("audiocodesmp", "Audiocodes-Sip-Gateway-MP-118 FXS/v.6.60A.255.004", "MP-118 FXS", "6.60A.255.004"),
        ("panasonic", "Panasonic-KX-UT113/01.133 (0a156500beef)", "KX-UT113", "01.133"),
        ("htek", "Htek UC903 V2.0.4.2", "UC903", "2.0.4.2"),
        ("cisco", "Cisco-CP-8841-3PCC/11.0_0a156500beef", "CP-8841-3PCC", "11.0"),
        ("gigaset", "N870 IP PRO/83.V2.11.0+build.a546b91;0A156500BEEF", "N870 IP PRO", "83.V2.11.0+build.a546b91"),
    ];

    /// <summary>The names of the files of this phone.</summary>
    public IEnumerable<string> FilesOfMac => Files.Select(file => file.Replace("MAC", Mac.ToUpperInvariant(), StringComparison.Ordinal).Replace("mac", Mac, StringComparison.Ordinal));

    /// <summary>The vendor's folder.</summary>
    public static IVendor Of(string name) => Vendors.All.Single(vendor => vendor.Vendor == name);

    /// <summary>The phone of the first sample.</summary>
    public static RecognizedPhone PhoneOf(string name) => All[name].UserAgents is [var first, ..]
        ? Of(name).Recognize(first)!
        : Of(name).RecognizeFile(All[name].FilesOfMac.First())!;
}
