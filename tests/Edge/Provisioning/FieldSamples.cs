namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>User agents as phones in the field were seen to send them, with the model and the MAC that they say.</summary>
internal static class FieldSamples
{
    /// <summary>Of HTTP requests. A MAC is empty where the phone says none, or a serial number.</summary>
    public static readonly (string Vendor, string UserAgent, string Model, string Mac)[] Http =
    [
        ("yealink", "Yealink SIP-T46G 28.72.0.1 00:15:65:4a:a9:37", "T46G", "0015654aa937"),
        ("yealink", "yealink SIP-T28P 2.70.0.140 00:15:65:13:ae:0b", "T28P", "00156513ae0b"),
        ("yealink", "Yealink SIP-T38G  38.70.0.125 00:15:65:2f:c3:5e", "T38G", "0015652fc35e"),
        ("yealink", "Yealink SIP VP-T49G 51.80.0.10 00:15:65:9b:5a:44", "T49G", "0015659b5a44"),
        ("yealink", "W52P 25.30.0.2 00:15:65:44:b3:7c", "W52P", "00156544b37c"),
        ("yealink", "Yealink W60B 77.81.0.35 80:5e:c0:09:ab:dc", "W60B", "805ec009abdc"),
        ("yealink", "Yealink SIP-T85W 185.87.0.10 44:db:d2:67:58:4b", "T85W", "44dbd267584b"),
        ("yealink", "Yealink SIP-T56A  58.80.0.25 001565f429a4", "T56A", "001565f429a4"),
        ("yealink", "Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0", "T46G", ""),
        ("poly", "FileTransport PolycomSoundPointIP-SPIP_335-UA/3.2.1.0078", "SPIP_335", ""),
        ("poly", "FileTransport PolycomVVX-VVX_400-UA/4.1.4.7430 Type/Application", "VVX_400", ""),
        ("poly", "FileTransport PolycomSoundStationIP-SSIP_6000-UA/5.0.3.1667 Type/Updater", "SSIP_6000", ""),
        ("poly", "FileTransport PolycomSoundStationIP-SSIP_5000-UA/4.0.3.7562 (SN:0004f2e765da) Type/Application", "SSIP_5000", "0004f2e765da"),
        ("poly", "FileTransport PolyCCX-CCX_500-UA/9.4.1.0508 (SN:64167f9f4c90) Type/Application", "CCX_500", "64167f9f4c90"),
        ("cisco", "Cisco-CP-8841-3PCC/11.0 (00562b043615)", "CP-8841-3PCC", "00562b043615"),
        ("cisco", "Cisco-CP-7832-3PCC/11.0.1 (00562b043615)", "CP-7832-3PCC", "00562b043615"),
        ("ciscoata", "Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4)", "ATA191", ""),
        ("cisco", "Cisco/SPA501G-7.4.4 (8843E157DDCC)(CBT141100HR)", "SPA501G", "8843e157ddcc"),
        ("cisco", "Linksys/SPA-942-6.1.5(a) (88019FA42805)", "SPA-942", ""),
        ("audiocodes", "AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)", "440HDG", "00908f602aac"),
        ("audiocodes", "AUDC-IPPhone/2.0.0_build_15 (420HD; 00908F3BBCBA)", "420HD", "00908f3bbcba"),
        ("audiocodes", "AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1", "C450HD", ""),
        ("audiocodes", "AUDC-IPPhone-445HD_UC_3.4.8/1.0", "445HD", ""),
        ("snom", "Mozilla/4.0 (compatible; snom320-SIP 8.4.18 1.1.3-s)", "320", ""),
        ("snom", "Mozilla/4.0 (compatible; snom710-SIP 8.7.5.35 1.1.5-IFX-05.01.12 000413741767)", "710", "000413741767"),
        ("snom", "Mozilla/4.0 (compatible; snomD785-SIP 10.1.33.33 2010.12-00004-g9ba52f5 000413922D24 SXM:0 UXM:0)", "D785", "000413922d24"),
        ("snomdect", "Mozilla/4.0 (compatible; Snom M900 05.20.0001 000413b60680)", "M900", "000413b60680"),
        ("ale", "ALE 8028s-GE 1.51.52.2204 487a55023075", "8028s-GE", "487a55023075"),
        ("grandstream", "Grandstream Model HW GXP1405 SW 1.0.4.23 DevId 000b8240d55c", "GXP1405", "000b8240d55c"),
        ("grandstream", "Grandstream Model HW GXV3350  V1.3A SW 1.0.1.8 DevId c074ad150b88", "GXV3350", "c074ad150b88"),
        ("grandstream", "Grandstream Model HW HT802V2 V1.0A SW 1.0.5.4 DevId ec74d763e419", "HT802V2", "ec74d763e419"),
        ("gigaset", "Gigaset N870 IP PRO/83.V2.11.0+build.a546b91;7C2F80E0D605", "N870 IP PRO", "7c2f80e0d605"),
        ("gigaset", "Gigaset N870 IP PRO/83.V2.11.0+build.a546b91", "N870 IP PRO", ""),
        ("gigaset", "N510 IP PRO/42.245.00.000.000;7C2F804DF9A9", "N510 IP PRO", "7c2f804df9a9"),
        ("gigaset", "Gigaset N720 DM PRO/70.089.00;7C2F80CA21E4", "N720 DM PRO", "7c2f80ca21e4"),
        ("panasonic", "Panasonic_KX-UT113/01.133 (0080f0c8c381)", "KX-UT113", "0080f0c8c381"),
        ("fanvil", "Fanvil X5U-V2 2.12.16.17 0c383e557eb1", "X5U-V2", "0c383e557eb1"),
        ("fanvil", "Fanvil X6U Pro 0.0.10 0c383e2cd782", "X6U Pro", "0c383e2cd782"),
        ("fanvil", "Fanvil W620W 2.16.10 0c383e7dd216", "W620W", "0c383e7dd216"),
        ("htek", "Htek UC903 2.0.4.2 00:1f:c1:1c:22:a9", "UC903", "001fc11c22a9"),
        ("mitel", "Mitel6920 MAC:14-00-E9-1F-03-EA V:6.4.0.140-SIP", "6920", "1400e91f03ea"),
        ("mitel", "Aastra6731i MAC:00-08-5D-23-74-29 V:3.2.0.70-SIP", "6731i", "00085d237429"),
    ];

    /// <summary>Vendors of which no request was seen: their user agents are taken from SIP, or from what is told of them.</summary>
    public static readonly string[] Unseen = ["algo", "audiocodesmp", "generic", "polyobi", "spectralink"];

    /// <summary>Of phones for which there is no folder: nobody's, and refused in words.</summary>
    public static readonly string[] OfNobody =
    [
        "Mozilla/4.0 (compatible; AudioCodes; Mediant;7.20;00908f000001;1)", "Mozilla/4.0 (compatible; AudioCodes; MP-118 FXO;6.60A.322.003;00908f000001;1)",
        "Digium D65 2_9_4",
    ];

    /// <summary>Of SIP requests, which some firmware sends over HTTP as well: the vendor's, or nobody's.</summary>
    public static readonly (string Vendor, string UserAgent)[] Sip =
    [
        ("yealink", "Yealink SIP-T27G 69.86.0.15"), ("yealink", "Yealink W60B 77.83.0.85"), ("yealink", "Yealink SIP-T21P_E2 52.83.0.35"),
        ("poly", "PolycomVVX-VVX_310-UA/5.3.0.12768"), ("poly", "PolycomVVX-VVX_310-UA/4.1.4.7430_0004f2abcdef"),
        ("poly", "Polycom/5.5.2.8571 PolycomVVX-VVX_310-UA/5.5.2.8571"), ("poly", "Polycom/5.4.3.2007 PolycomRealPresenceTrio-Trio_8800-UA/5.4.3.2007"),
        ("poly", "PolycomVVX-VVX_250-UA/6.4.3.5156"), ("cisco", "Cisco/SPA303-7.4.8a"), ("cisco", "Cisco-ATA191-MPP/11-1-0MSR3-9"),
        ("audiocodes", "AUDC-IPPhone/1.2.1_build_6"), ("audiocodes", "AUDC-IPPhone/2.2.2"), ("snom", "snomD785/10.1.84.12"), ("snom", "snomPA1/8.7.3.19"),
        ("grandstream", "Grandstream GXP2130 1.0.7.25"), ("grandstream", "Grandstream HT802 1.0.17.5"),
        ("panasonic", "Panasonic-KX-TGP500B04/22.116.0.10 (0080f0aabbcc)"), ("fanvil", "Fanvil i16SV 2.4.0"), ("mitel", "Mitel 6930/6.4.0.132"),
        ("mitel", "Aastra 6731i/3.2.2.3077"),
    ];
}
