using System.Text;

namespace SipGateway.Sip;

/// <summary>Texts that nearly every message repeats, handed out without making a string of each.</summary>
internal static class KnownTexts
{
    private static readonly string[][] ByLength = MakeByLength(
        "q", "lr", "ob", "sip", "tag", "UDP", "TCP", "TLS", "tcp", "tls", "sips", "user", "rport", "branch", "reg-id", "maddr", "phone",
        "SIP/2.0", "expires", "received", "transport", "+sip.instance");

    private static readonly byte[][][] BytesByLength =
        [.. ByLength.Select(texts => texts.Select(Encoding.ASCII.GetBytes).ToArray())];

    /// <summary>The text in the very case it came in.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (text.Length < BytesByLength.Length)
        {
            var known = BytesByLength[text.Length];
            for (var i = 0; i < known.Length; i++)
            {
                if (text.SequenceEqual(known[i]))
                {
                    return ByLength[text.Length][i];
                }
            }
        }

        return SipCursor.Decode(text);
    }

    private static string[][] MakeByLength(params string[] texts) =>
        [.. Enumerable.Range(0, texts.Max(text => text.Length) + 1).Select(length => texts.Where(text => text.Length == length).ToArray())];
}
