using System.Net;
using System.Text;
using SipGateway.Sip;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Session descriptions and dialled codes from strangers: read or refused, never a fault. The seed makes each run the same.</summary>
public sealed class HostileTextTests
{
    private const int Seed = 8866;
    private const int Rounds = 50_000;

    private const string Offer =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1/127/2\r\nb=AS:64\r\nt=0 0\r\n"
        + "m=audio 5000/2 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\nm=video 0 RTP/AVP 96\r\n";

    private static readonly IPEndPoint Local = new(IPAddress.Parse("192.0.2.1"), 16384);
    private static readonly byte[] Separators = "\r\n =:/*#;%\0"u8.ToArray();

    [Fact]
    public void Sdp_Mutated_IsReadOrRefusedAndTheAnswerCanBeRead()
    {
        var random = new Random(Seed);
        var answered = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = Mutate(random, Encoding.UTF8.GetBytes(Offer));
            var act = () => SdpDescription.Parse(bytes);
            var read = act.Should().NotThrow("round {0}: {1}", i, Encoding.Latin1.GetString(bytes)).Subject;
            if (read is null)
            {
                continue;
            }

            _ = SdpNegotiation.ReadAnswer(read);
            if (SdpNegotiation.Answer(read, Local) is { } answer)
            {
                SdpDescription.Parse(Encoding.UTF8.GetBytes(answer.Sdp)).Should().NotBeNull("round {0}: {1}", i, answer.Sdp);
                answered++;
            }
        }

        answered.Should().BeGreaterThan(Rounds / 20, "or the mutations say nothing");
    }

    [Fact]
    public void Sdp_PrefixOfEveryLength_IsReadOrRefused()
    {
        for (var length = 0; length <= Offer.Length; length++)
        {
            var act = () => SdpDescription.Parse(Encoding.UTF8.GetBytes(Offer[..length]));
            act.Should().NotThrow();
        }
    }

    [Theory]
    [InlineData("v=0\r\nb=AS\r\nm=audio 5000 RTP/AVP 0\r\n", true)]
    [InlineData("v=0\r\nb=\r\nb\r\n=\r\nm=audio 5000 RTP/AVP 0\r\n", true)]
    [InlineData("v=0\r\nc=\r\nc=IN\r\na=rtpmap:\r\na=rtpmap:0\r\nm=audio 5000 RTP/AVP 0\r\n", true)]
    [InlineData("v=0\r\nm=audio 65536 RTP/AVP 0\r\n", false)]
    [InlineData("v=0\r\nm=audio -1 RTP/AVP 0\r\n", false)]
    [InlineData("v=0\r\nm=audio 4294967296 RTP/AVP 0\r\n", false)]
    [InlineData("v=0\r\nm=audio\r\n", false)]
    [InlineData("", false)]
    [KnownAttack("CVE-2026-46334, CVE-2026-45084")]
    [KnownAttack("OSV-2024-1210, -1230, -1244")]
    [KnownAttack("CVE-2021-26906, CVE-2022-26499")]
    public void Sdp_ThatBrokeOtherReaders_IsReadOrRefused(string text, bool isRead) =>
        (SdpDescription.Parse(Encoding.UTF8.GetBytes(text)) is not null).Should().Be(isRead);

    [Fact]
    public void Code_Mutated_IsACodeOfDigitsOrNone()
    {
        var random = new Random(Seed);
        string[] seeds = ["*55*123456", "*33*+4930123456", "*30*", "*55*123456#", "*55*1;phone-context=x", "%2A55%2A1"];
        var read = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = Mutate(random, Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]));
            foreach (var code in new[]
            {
                FeatureCode.Parse(Encoding.UTF8.GetString(bytes)),
                FeatureCode.Parse(SipUri.TryParse([.. "sip:"u8, .. bytes, .. "@gateway.test"u8], out var uri) ? uri : null),
                FeatureCode.Parse(SipUri.TryParse([.. "tel:"u8, .. bytes], out var tel) ? tel : null),
            })
            {
                (code?.Argument ?? "").Should().MatchRegex("^\\+?[0-9]{0,24}\\z", "round {0}", i);
                read += code is null ? 0 : 1;
            }
        }

        read.Should().BePositive();
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (var edits = random.Next(1, 6); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.Insert(at, Separators[random.Next(Separators.Length)]);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3 when bytes.Count > length:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)'9', random.Next(1, 40)));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
