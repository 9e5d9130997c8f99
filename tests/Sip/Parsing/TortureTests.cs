using System.Text;

namespace SipGateway.Sip.Tests.Parsing;

/// <summary>RFC 4475: a verdict per layer for every message of the manifest, on a datagram and on a stream.</summary>
public sealed class TortureTests
{
    private static readonly string Folder = TestData.Folder("rfc4475");

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Manifest =
        TestData.ReadTable(Path.Combine(Folder, "manifest.tsv"));

    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Expected = TestData
        .ReadTable(Path.Combine(TestData.RepositoryRoot(), "tests", "Sip", "Parsing", "torture.tsv"))
        .ToDictionary(row => row["file"]);

    public static TheoryData<string> Files => [.. Manifest.Select(row => row["file"])];

    [Fact]
    public void Table_HasExactlyTheFilesOfTheManifestAndTheFolder()
    {
        var files = Manifest.Select(row => row["file"]).ToList();

        Expected.Keys.Should().BeEquivalentTo(files);
        Directory.GetFiles(Folder, "*.dat").Select(Path.GetFileName).Should().BeEquivalentTo(files);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Datagram_EveryTortureMessage_HasItsVerdict(string file)
    {
        var result = SipParser.ParseDatagram(Bytes(file), SipLimits.Default);

        Describe(result).Should().Be((Expected[file]["datagram"], Expected[file]["reason"]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Stream_EveryTortureMessage_HasItsVerdict(string file)
    {
        var result = SipParser.ParseStream(Bytes(file), SipLimits.Default);

        var (status, reason) = Describe(result);
        var verdict = reason == "-" ? status : reason;
        (verdict + (result.MustClose ? "+close" : string.Empty)).Should().Be(Expected[file]["stream"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Check_EveryTortureMessage_HasItsVerdict(string file)
    {
        var result = SipParser.ParseDatagram(Bytes(file), SipLimits.Default);

        Semantic(result.Message).Should().Be(Expected[file]["check"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Answer_EveryTortureMessage_IsOneTheManifestAccepts(string file)
    {
        var row = Manifest.Single(candidate => candidate["file"] == file);
        var accepted = row["acceptable_statuses"].Split(',');
        var result = SipParser.ParseDatagram(Bytes(file), SipLimits.Default);
        var reason = result.Status == SipParseStatus.Rejected ? result.Reason
            : result.Message is SipRequest request ? SipRequestValidation.Check(request) : SipRejectionReason.NotSip;
        if (reason is null)
        {
            // Nothing to object to here: what it gets is for a registrar to say, and then it is not a 400 alone.
            accepted.Should().Contain(status => status != "400" && status != "SILENT" && status != "*");
            return;
        }

        var isResponse = result.Message is SipResponse || result.RejectedMessage is SipResponse;
        var answer = isResponse ? null : reason.Value.StatusCode();
        accepted.Should().Contain(answer?.ToString() ?? "SILENT");
    }

    [Fact]
    public void Fields_WsinvWithItsFoldsAndBlanks_AreRead()
    {
        var request = (SipRequest)SipParser.ParseDatagram(Bytes("wsinv.dat"), SipLimits.Default).Message!;

        request.CSeq.Should().Be(new CSeq(9, SipMethod.Invite));
        request.MaxForwards.Should().Be(68);
        request.To!.Tag.Should().Be("1918181833n");
        request.From!.DisplayName.Should().Be("J Rosenberg \\\"");
        request.From.Tag.Should().Be("98asjd8");
        request.Vias!.Select(via => (via.Transport, via.Host, via.Branch)).Should().Equal(
            ("UDP", "192.0.2.2", "390skdjuw"), ("TCP", "spindle.example.com", "z9hG4bK9ikj8"), ("UDP", "192.168.255.111", "z9hG4bK30239"));
        request.Contacts!.Addresses.Single().QThousandths().Should().Be(330);
        request.GetText(SipHeaderName.Subject).Should().BeEmpty();
        request.GetHeaders("newfangledheader").Single().Value.Should().Be("newfangled value   continued newfangled value");
        request.Body.Length.Should().Be(150);
    }

    [Fact]
    public void Fields_IntmethWithOddTokens_AreRead()
    {
        var request = (SipRequest)SipParser.ParseDatagram(Bytes("intmeth.dat"), SipLimits.Default).Message!;

        request.Method.IsKnown.Should().BeFalse();
        request.Method.Text.Should().Be("!interesting-Method0123456789_*+`.%indeed'~");
        request.To!.DisplayName.Should().Be("BEL:\a NUL:\0 DEL:\x7f");
        request.From!.DisplayName.Should().Be("token1~` token2'+_ token3*%!.-");
        request.From.Parameters["fromParam''~+*_!.-%"].Should().Be("работающий");
        request.RequestUri!.User.Should().Be("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        request.RequestUri.Password.Should().Be("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
        request.GetHeaders("extensionHeader-!.%*+_`'~").Single().Value.Should().Be("\ufeff大停電");
    }

    [Fact]
    public void Fields_EscapedUris_AreDecodedOnce()
    {
        var escaped = (SipRequest)SipParser.ParseDatagram(Bytes("esc01.dat"), SipLimits.Default).Message!;
        var nulls = (SipRequest)SipParser.ParseDatagram(Bytes("escnull.dat"), SipLimits.Default).Message!;
        var method = (SipRequest)SipParser.ParseDatagram(Bytes("esc02.dat"), SipLimits.Default).Message!;

        escaped.RequestUri!.User.Should().Be("sips:user@example.com");
        escaped.To!.Uri.User.Should().Be("user");
        escaped.Contacts!.Addresses.Single().Uri.User.Should().Be("caller");
        escaped.Contacts.Addresses.Single().Uri.ToString().Should().EndWith(";%6C%72;n%61me=v%61lue%25%34%31");
        nulls.To!.Uri.User.Should().Be("null-\0-null");
        nulls.Contacts!.Addresses.Select(contact => contact.Uri.User).Should().Equal("\0", "\0\0");
        nulls.Contacts.Addresses[0].Uri.Should().NotBe(nulls.Contacts.Addresses[1].Uri);
        (method.Method == SipMethod.Register).Should().BeFalse();
        method.GetHeaders("C%6Fntact").Single().Name.Should().Be(SipHeaderName.Unknown);
    }

    [Fact]
    public void Fields_ParametersInsideAndOutsideBrackets_AreToldApart()
    {
        var outside = (SipRequest)SipParser.ParseDatagram(Bytes("cparam01.dat"), SipLimits.Default).Message!;
        var inside = (SipRequest)SipParser.ParseDatagram(Bytes("cparam02.dat"), SipLimits.Default).Message!;
        var escapedRoute = (SipRequest)SipParser.ParseDatagram(Bytes("regescrt.dat"), SipLimits.Default).Message!;

        outside.Contacts!.Addresses.Single().Uri.Parameters.Count.Should().Be(0);
        outside.Contacts.Addresses.Single().Parameters.Contains("unknownparam").Should().BeTrue();
        inside.Contacts!.Addresses.Single().Uri.Parameters.Contains("unknownparam").Should().BeTrue();
        escapedRoute.Contacts!.Addresses.Single().Uri.RawHeaders.Should().StartWith("Route=%3C");
        escapedRoute.Routes.Should().BeEmpty();
    }

    [Fact]
    public void Body_WithNulsAndBareCarriageReturns_IsKeptAsItIs()
    {
        var bytes = Bytes("mpart01.dat");
        var message = SipParser.ParseDatagram(bytes, SipLimits.Default).Message!;

        var bodyStart = bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        message.Body.ToArray().Should().Equal(bytes[bodyStart..]);
        message.ContentType!.MediaType.Should().Be("multipart/mixed");
    }

    [Fact]
    public void Rejected_OverlargeContentLength_StillGivesWhatAnAnswerNeeds()
    {
        var result = SipParser.ParseDatagram(Bytes("clerr.dat"), SipLimits.Default);
        var answer = SipResponseBuilder.For(
            (SipRequest)result.RejectedMessage!, result.Reason.StatusCode()!.Value, result.Reason.Phrase()).Build();

        var text = Encoding.UTF8.GetString(answer);
        text.Should().StartWith("SIP/2.0 400 Content-Length Beyond Datagram\r\nVia: ").And.Contain("\r\nCSeq: 8 INVITE\r\n");
    }

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    private static (string Status, string Reason) Describe(SipParseResult result) =>
        (result.Status.ToString(), result.Reason == SipRejectionReason.None ? "-" : result.Reason.ToString());

    private static string Semantic(SipMessage? message) => message switch
    {
        SipRequest request => SipRequestValidation.Check(request)?.ToString() ?? "ok",
        SipResponse response => SipResponseValidation.Check(response)?.ToString() ?? "ok",
        _ => "-",
    };
}
