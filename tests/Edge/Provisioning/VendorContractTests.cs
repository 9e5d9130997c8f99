using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SipGateway.Grains.Interfaces;
using static SipGateway.Edge.Tests.Provisioning.VendorSamples;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What every vendor's folder must hold, whoever it is.</summary>
public sealed partial class VendorContractTests
{
    private const string Hostile = "x\r\ny: 1\nz = \"2\" '</a>]]><b c=\"d\">&e;{{SipPassword}}{{{Mac}}}\u2028P2=evil\u0000\u0001\uffff%00../..";

    private const string SipuraOfGermany = """
        <Dial_Tone ua="na">425@-19;10(*/0/1)</Dial_Tone>
        <Ring_Back_Tone ua="na">425@-19;*(1/4/1)</Ring_Back_Tone>
        <Busy_Tone ua="na">425@-19;10(0.48/0.48/1)</Busy_Tone>
        <Reorder_Tone ua="na">425@-19;10(0.24/0.24/1)</Reorder_Tone>
        """;

    private const string SipuraOfBritain = """
        <Dial_Tone ua="na">350@-19,440@-19;10(*/0/1+2)</Dial_Tone>
        <Ring_Back_Tone ua="na">400@-19,450@-19;*(0.4/0.2/1+2,0.4/2/1+2)</Ring_Back_Tone>
        <Busy_Tone ua="na">400@-19;10(0.375/0.375/1)</Busy_Tone>
        <Reorder_Tone ua="na">400@-19;10(0.4/0.35/1,0.225/0.525/1)</Reorder_Tone>
        """;

    private const string PValuesOfBritain = """
        <P4000>f1=350@-19,f2=440@-19,c=0/0;</P4000>
        <P4001>f1=400@-19,f2=450@-19,c=400/200-400/2000;</P4001>
        <P4002>f1=400@-19,f2=0@-19,c=375/375;</P4002>
        <P4003>f1=400@-19,f2=0@-19,c=400/350-225/525;</P4003>
        """;

    private static readonly Dictionary<string, (string Country, string Said)[]> Tones = new(StringComparer.Ordinal)
    {
        ["yealink"] = [("DE", "voice.tone.country = Germany"), ("GB", "voice.tone.country = Great Britain")],
        ["snom"] = [("DE", "<tone_scheme perm=\"R\">GER</tone_scheme>"), ("CH", "<tone_scheme perm=\"R\">SWI</tone_scheme>")],
        ["mitel"] = [("DE", "tone set: Germany"), ("AT", "tone set: Europe")],
        ["audiocodes"] = [("DE", "voip/regional_settings/selected_country=Germany")],
        ["generic"] = [("DE", "tones.country = DE")],
        ["cisco"] = [("DE", SipuraOfGermany), ("GB", SipuraOfBritain)],
        ["ciscoata"] = [("DE", SipuraOfGermany), ("GB", SipuraOfBritain)],
        ["grandstream"] = [("GB", PValuesOfBritain)],
        ["htek"] = [("GB", PValuesOfBritain)],
    };

    public static TheoryData<string> Names => [.. Vendors.All.Select(vendor => vendor.Vendor)];

    [Fact]
    public void Vendors_AllHaveSamples() => Vendors.All.Select(vendor => vendor.Vendor).Should().BeEquivalentTo(All.Keys);

    [Fact]
    public void UserAgents_OverSip_SayModelAndFirmware()
    {
        foreach (var (name, userAgent, model, firmware) in VendorSamples.OverSip)
        {
            Vendors.IdentityOfSip(userAgent).Should().Be(new PhoneIdentity { Vendor = name, Model = model, Firmware = firmware }, userAgent);
            Vendors.All.Count(vendor => vendor.RecognizeSip(userAgent) is not null).Should().Be(1, userAgent);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AUDC-IPPhone/2.2.2")]
    [InlineData("friendly-scanner")]
    [InlineData("Grandstream GXP2130 1.0.7.25\n")]
    [InlineData("snomD785/10.1.84.12<x>")]
    public void UserAgents_OverSipOfNoPhone_SayNothing(string userAgent) => Vendors.IdentityOfSip(userAgent).Should().BeNull();

    [Theory, MemberData(nameof(Names))]
    public void Files_OfTheBootOrder_AreRoutedInAnyCaseAndToNobodyElse(string name)
    {
        var phone = PhoneOf(name);
        var kinds = new List<ConfigFile>();
        foreach (var file in All[name].FilesOfMac)
        {
            foreach (var spelt in new[] { file, file.ToUpperInvariant(), file.ToLowerInvariant() })
            {
                var routed = Of(name).Route(spelt, phone);
                routed.Should().NotBeNull(spelt);
                routed.Mac.Should().BeOneOf("", Mac);
                kinds.Add(routed.Kind);
            }
        }

        kinds.Should().Contain(kind => kind.IsBoot()).And.Contain(kind => kind.IsOwn());
    }

    [Theory, MemberData(nameof(Names))]
    public void Files_Mutated_AreOfTheMacInTheirNameOrNone(string name)
    {
        var dice = new Random(7);
        var phone = PhoneOf(name);
        var files = All[name].FilesOfMac.ToArray();
        for (var i = 0; i < 10_000; i++)
        {
            var file = Mutation.Of(files[dice.Next(files.Length)], dice);
            if (Of(name).Route(file, phone) is { Mac: not ("" or Mac) } routed)
                file.Should().ContainEquivalentOf(routed.Mac);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Files_OfHostileTexts_KeepTheirShape(string name)
    {
        foreach (var kind in Kinds(name))
        {
            var plain = Render(name, kind, Facts("text"));
            var hostile = Render(name, kind, Facts(Hostile));
            Shape(hostile).Should().Equal(Shape(plain), "{0} of {1}", kind, name);
            hostile.Should().NotContain("\0").And.NotContain("\u2028").And.NotContain("SECRET\r");
            Render(name, kind, Facts(Hostile)).Should().Be(hostile, "equal facts give equal bytes");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Files_NameTheAccountTheServerAndTheWayBack(string name)
    {
        var own = Kinds(name).Where(kind => kind.IsOwn()).Select(kind => Render(name, kind, Facts("text"))).Single();

        own.Should().Contain("d-user").And.Contain("SECRET").And.Contain("sip.example.org").And.Contain("gateway.example.org").And.Contain("d/TOKEN");
        own.Should().Contain("edge1.example.org").And.Contain("5070");
    }

    [Theory, MemberData(nameof(Names))]
    public void Files_OfEqualFacts_AreTheReleasedOnes(string name)
    {
        foreach (var kind in Kinds(name))
        {
            using var stream = typeof(Golden).Assembly.GetManifestResourceStream($"{name}.{kind}.txt".ToLowerInvariant());
            stream.Should().NotBeNull($"{name}'s {kind} has a golden file");
            using var reader = new StreamReader(stream);
            Render(name, kind, Facts("text")).Should().Be(reader.ReadToEnd(), "a byte more, and every phone of {0} reads its files anew", name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Files_OfAPhoneThatIsNotItsOwn_HoldNoSecret(string name) => Kinds(name).Where(kind => !kind.IsOwn())
        .Should().AllSatisfy(kind => Render(name, kind, Facts("text")).Should().NotContain("SECRET").And.NotContain("d-user").And.NotContain("text"));

    [Theory, MemberData(nameof(Names))]
    public void Files_WithFirmware_SayWhereItIsAndTakeItBack(string name)
    {
        const string Url = "https://gateway.example.org:8443/firmware/a-1.2.bin";
        var vendor = Of(name);
        string All(string? url) => string.Concat(Kinds(name).Select(kind => Render(name, kind, Facts("text") with { FirmwareUrl = url })));
        if (!vendor.TakesFirmware)
        {
            All(Url).Should().Be(All(null), "{0} is left alone", name);
            return;
        }

        var shown = name == "grandstream" ? "gateway.example.org:8443/firmware" : Url;
        All(Url).Should().Contain(shown).And.Be(All(Url), "equal facts give equal bytes");
        All("").Should().NotContain(":8443/firmware");
        All(null).Should().NotContain(":8443/firmware");
        foreach (var kind in Kinds(name).Where(_ => name is not ("yealink" or "audiocodes")))
            XDocument.Parse(Render(name, kind, Facts("text") with { FirmwareUrl = Url })).Root.Should().NotBeNull();
    }

    // A country's tones, by a name of the vendor's or by what they sound like; and nothing where nobody said a country, or the vendor has none for it.
    [Theory, MemberData(nameof(Names))]
    public void Files_WithACountrysTones_SayThemAsTheVendorDoes(string name)
    {
        string[] Lines(string country) => [.. string.Concat(Kinds(name)
            .Select(kind => Render(name, kind, Facts("text") with { Policy = Facts("text").Policy with { ToneCountry = country } }))).Split('\n').Select(line => line.Trim())];
        var silent = Lines("");

        foreach (var (country, said) in Tones.GetValueOrDefault(name) ?? [("DE", "")])
            Lines(country).Except(silent).Should().Equal(said.Split('\n', StringSplitOptions.RemoveEmptyEntries), "{0} of {1}", country, name);
        Lines("ZZ").Except(silent).Should().BeEquivalentTo(name == "generic" ? ["tones.country = ZZ"] : Array.Empty<string>(), "a phone keeps its own");
    }

    [Theory, MemberData(nameof(Names))]
    public void Screens_OfHostileTexts_KeepTheirShape(string name)
    {
        static ScreenFacts Screen(string text) => new(text, [text, text], [(text, "https://x/?a=1&b=2"), (text, "")]);
        var plain = XDocument.Parse(Of(name).RenderScreen(Screen("text")));
        var hostile = XDocument.Parse(Of(name).RenderScreen(Screen(Hostile)));

        hostile.Descendants().Select(element => element.Name.LocalName).Should().Equal(plain.Descendants().Select(element => element.Name.LocalName));
        hostile.Root!.Value.Should().Contain("{{SipPassword}}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Notify_EventsOfResyncAndRestart_AreOneLine(string name)
    {
        foreach (var kind in Enum.GetValues<NotifyKind>())
            Of(name).Event(kind).Should().MatchRegex("^[a-z_-]+(;[a-z]+=[a-z]+)?$");
    }

    [Fact]
    public void Notify_NamesOfPhones_AreOneVendorsEach() =>
        Vendors.All.SelectMany(vendor => vendor.SipNames.Prepend(vendor.Vendor)).Should().OnlyHaveUniqueItems().And.AllSatisfy(name => name.Should().MatchRegex("^[a-z]+$"));

    private static IEnumerable<ConfigFile> Kinds(string name)
    {
        var phone = PhoneOf(name);
        return All[name].FilesOfMac.Select(file => Of(name).Route(file, phone)!.Kind).Distinct();
    }

    private static string Render(string name, ConfigFile kind, FileFacts facts)
    {
        var phone = PhoneOf(name);
        return Of(name).Render(new VendorFile(kind, Mac), facts with { Phone = phone });
    }

    private static FileFacts Facts(string text) => new()
    {
        Phone = new RecognizedPhone("", "", "", ""), Mac = Mac, Language = "de", DeviceUrl = "https://gateway.example.org:8443/d/TOKEN/",
        ScreenUrl = "https://gateway.example.org:8443/s/TOKEN/signin.xml?a=1&b=2", CaUrl = "https://gateway.example.org:8443/ca.crt",
        SipUser = "d-user", SipPassword = "SECRET" + text, SipDomain = "sip.example.org", SipHost = "edge1.example.org", SipPort = 5070,
        SecondServer = new SipServer("edge2.example.org", 5080), SipTransport = PhoneTransport.Udp, IsSignedIn = true, IsDevice = true, DisplayName = text,
        PhoneNumber = "",
        Policy = new EffectivePolicy
        {
            NtpServer = text, TimeZone = "Europe/Berlin", PhoneAdminPassword = text,
            Settings = new Dictionary<string, string> { ["P1"] = text, ["p1"] = text, ["bad key\n"] = text, ["{{x}}"] = text }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        },
    };

    // Elements and their attributes, or the beginning of each line up to the value.
    private static List<string> Shape(string file) => file.StartsWith("<?xml", StringComparison.Ordinal)
        ? [.. XDocument.Parse(file).Descendants().Select(element => $"{element.Name.LocalName}({string.Join(',', element.Attributes().Select(a => a.Name.LocalName))})")]
        : [.. file.Split('\n').Select(line => Before().Match(line).Value)];

    [GeneratedRegex("^[^=:]*[=:]?")]
    private static partial Regex Before();
}
