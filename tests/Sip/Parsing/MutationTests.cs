using CsCheck;

namespace SipGateway.Sip.Tests.Parsing;

/// <summary>Whatever comes, there is a result and no exception, also when every accessor is asked.</summary>
public sealed class MutationTests
{
    private static readonly byte[][] Corpus =
        [.. Directory.GetFiles(TestData.Folder("rfc4475"), "*.dat")
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes), Sample.Register];

    private static readonly byte[] Grammar = "\r\n \t:;,<>\"\\%@=?[]*\0"u8.ToArray();

    private static readonly Gen<byte> Spice = Gen.OneOf(
        Gen.Byte, Gen.Int[0, Grammar.Length - 1].Select(i => Grammar[i]));

    private static readonly Gen<byte[]> Mutated =
        from seed in Gen.Int[0, Corpus.Length - 1].Select(i => Corpus[i])
        from edits in Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Int[0, 3], Spice).Array[1, 12]
        select Mutate(seed, edits);

    [Fact]
    public void Mutations_OfTortureMessages_NeverThrow() => Mutated.Sample(Exercise, iter: 20_000, print: Print);

    [Fact]
    public void Noise_NeverThrows() => Gen.Byte.Array[0, 200].Sample(Exercise, iter: 5_000);

    private static string Print(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static void Exercise(byte[] bytes)
    {
        foreach (var result in new[] { Sample.Datagram(bytes), Sample.Stream(bytes) })
        {
            result.ConsumedBytes.Should().BeInRange(0, bytes.Length);
            if ((result.Message ?? result.RejectedMessage) is { } message)
            {
                Touch(message);
            }

            if (result.Status == SipParseStatus.Rejected)
            {
                _ = result.Reason.StatusCode();
                result.Offset.Should().BeInRange(0, bytes.Length);
            }
        }
    }

    private static void Touch(SipMessage message)
    {
        _ = (message.TopVia, message.Vias, message.From, message.To, message.CallId, message.CSeq);
        _ = (message.Contacts, message.ExpiresSeconds);
        _ = (message.MaxForwards, message.ContentLength, message.ContentType, message.Event, message.Require, message.ProxyRequire);
        _ = (message.Supported, message.Allow, message.UserAgent, message.Routes, message.RecordRoutes, message.Paths);
        _ = message.Headers.Select(header => header.ToString()).ToList();
        foreach (var contact in message.Contacts?.Addresses ?? [])
        {
            _ = (contact.ExpiresSeconds(), contact.QThousandths(), contact.Instance(), contact.RegId());
            _ = (contact.Uri.User, contact.Uri.GetHashCode());
            contact.Uri.Equals(contact.Uri.WithoutParameters());
        }

        if (message is SipResponse response)
        {
            _ = SipResponseValidation.Check(response);
        }
        else if (message is SipRequest request)
        {
            _ = SipRequestValidation.Check(request);
            var answer = SipResponseBuilder.For(request, 400, toTag: "t", source: new System.Net.IPEndPoint(0x0100007F, 5060)).Build();
            Sample.Datagram(answer).Status.Should().Be(SipParseStatus.Complete);
        }
    }

    private static byte[] Mutate(byte[] seed, (int At, int Kind, byte Value)[] edits)
    {
        var bytes = new List<byte>(seed);
        foreach (var (at, kind, value) in edits)
        {
            var place = Math.Min(at, bytes.Count - 1);
            switch (kind)
            {
                case 0 when bytes.Count > 1:
                    bytes.RemoveAt(place);
                    break;
                case 1:
                    bytes.Insert(place, value);
                    break;
                case 2 when place > 0:
                    bytes.InsertRange(place, bytes.GetRange(0, Math.Min(place, 40)));
                    break;
                default:
                    bytes[place] = value;
                    break;
            }
        }

        return [.. bytes];
    }
}
