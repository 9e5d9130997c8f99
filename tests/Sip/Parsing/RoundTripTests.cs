using System.Text;
using SipGateway.Fuzz;

namespace SipGateway.Sip.Tests.Parsing;

/// <summary>Read, written and read again: the same message; and hostile texts for every reader by itself.</summary>
public sealed class RoundTripTests
{
    private const int Seed = 4475;

    private static readonly byte[][] Corpus =
        [.. Directory.GetFiles(TestData.Folder("rfc4475"), "*.dat").Order(StringComparer.Ordinal).Select(File.ReadAllBytes), Sample.Register];

    private static readonly string[] Values =
    [
        "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport;received=192.0.2.7", "SIP / 2.0 / TCP [2001:db8::1] : 5061 ;branch=z9hG4bKa",
        "\"A \\\"B\\\" C\" <sips:a%40b:pw@[2001:db8::1]:5061;transport=tcp;lr?x=y>;tag=1;q=0.5", "sip:a@b;expires=3", "tel:+49-30-1;phone-context=x",
        "Digest username=\"a\\\"b\", realm=\"r\", nonce=\"n\", uri=\"sip:b\", response=\"0123\", qop=auth, nc=00000001, cnonce=\"c\"", "1 REGISTER", "*",
    ];

    [Fact]
    public void Message_OfTheCorpus_WrittenAndReadAgain_IsTheSame()
    {
        var count = 0;
        foreach (var bytes in Corpus)
        {
            if (Sample.Datagram(bytes).Message is not SipRequest request || SipRequestValidation.Check(request) is not null)
            {
                continue;
            }

            var writer = new SipWriter();
            writer.RequestLine(request.Method, request.RequestUri!.ToString());
            foreach (var header in request.Headers.Where(h => h.Name is not (SipHeaderName.ContentLength or SipHeaderName.ContentType)))
            {
                if (header.Name == SipHeaderName.Unknown)
                {
                    writer.Header(header.NameText, header.Value);
                }
                else
                {
                    writer.HeaderOctets(header.Name, header.RawValue.Span);
                }
            }

            writer.End(request.GetText(SipHeaderName.ContentType) ?? "text/plain", request.Body.Span);
            var again = (SipRequest)Sample.Stream(writer.ToArray()).Message!;

            again.Method.Should().Be(request.Method);
            again.RequestUri!.ToString().Should().Be(request.RequestUri.ToString());
            (again.From, again.To, again.CallId, again.CSeq).Should().Be((request.From, request.To, request.CallId, request.CSeq));
            again.Vias!.Select(v => v.ToString()).Should().Equal(request.Vias!.Select(v => v.ToString()));
            again.Body.ToArray().Should().Equal(request.Body.ToArray());
            count++;
        }

        count.Should().BeGreaterThan(15);
    }

    [Fact]
    public void Prefix_OfAValidMessage_IsNeedMoreOnAStreamAndRejectedInADatagram()
    {
        var whole = Sample.RegisterWith("Content-Type: text/plain\r\nContent-Length: 20\r\n", "01234567890123456789");
        Sample.Datagram(whole).Status.Should().Be(SipParseStatus.Complete);
        for (var length = 1; length < whole.Length; length++)
        {
            Sample.Stream(whole[..length]).Status.Should().Be(SipParseStatus.NeedMore, "{0} octets are a beginning", length);
            Sample.Datagram(whole[..length]).Status.Should().Be(SipParseStatus.Rejected, "{0} octets are no message", length);
        }
    }

    [Fact]
    public void Mutation_OfTheCorpus_HoldsWhatEveryTargetAsks()
    {
        var mutator = new Mutator(Seed, Corpus);
        for (var i = 0; i < 20_000; i++)
        {
            var input = mutator.Next();
            foreach (var (name, target) in FuzzTargets.All)
            {
                var act = () => target(input);
                act.Should().NotThrow("input {0} of seed {1} for {2}: {3}", i, Seed, name, Convert.ToBase64String(input.AsSpan(0, Math.Min(600, input.Length))));
            }
        }
    }

    [Fact]
    public void Mutation_OfHeaderValues_IsReadOrRefusedAndWhatIsReadIsWrittenTheSame()
    {
        var mutator = new Mutator(Seed, [.. Values.Select(Encoding.UTF8.GetBytes)]);
        for (var i = 0; i < 100_000; i++)
        {
            var input = mutator.Next();
            var cursor = new SipCursor(input);
            if (Via.Read(ref cursor) is { } via)
            {
                var text = via.ToString();
                var again = new SipCursor(Encoding.UTF8.GetBytes(text));
                Via.Read(ref again)!.ToString().Should().Be(text, "input {0} of seed {1}", i, Seed);
                _ = (via.Branch, via.Received, via.RPort, via.AsksForRPort, via.SentBy);
            }

            if (NameAddress.Parse(input) is { } address && !address.ToString().Contains('\uFFFD', StringComparison.Ordinal))
            {
                var text = address.ToString();
                NameAddress.Parse(Encoding.UTF8.GetBytes(text)).Should().NotBeNull("input {0} of seed {1}: {2}", i, Seed, text);
                NameAddress.Parse(Encoding.UTF8.GetBytes(text))!.ToString().Should().Be(text);
                _ = (address.Tag, address.ExpiresSeconds(), address.QThousandths(), address.Instance(), address.RegId());
            }

            _ = CSeq.Parse(input);
            FuzzTargets.Uri(input);
            FuzzTargets.Digest(input);
        }
    }
}
