namespace SipGateway.Fuzz;

/// <summary>Makes hostile inputs of good ones; the same seed makes the same ones.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    // As much as a datagram can carry and a little more, so that the bounds themselves are met.
    private const int MaxInputBytes = 70_000;

    private static readonly byte[] Separators = "\r\n \t:;,<>\"\\%@=?[]*/\0\x7f"u8.ToArray();

    private static readonly byte[][] Words =
    [
        "\r\n\r\n"u8.ToArray(), "\r\n "u8.ToArray(), "\n"u8.ToArray(), "Content-Length: "u8.ToArray(), "l:"u8.ToArray(), "4294967328"u8.ToArray(),
        "-1"u8.ToArray(), "+5"u8.ToArray(), "2147483648"u8.ToArray(), "%00"u8.ToArray(), "%"u8.ToArray(), "SIP/2.0"u8.ToArray(), "\\\""u8.ToArray(),
        "Via: SIP/2.0/UDP "u8.ToArray(), ";branch=z9hG4bK"u8.ToArray(), ";tag="u8.ToArray(), "Digest "u8.ToArray(), ",nc=ffffffff"u8.ToArray(),
        "[::1]"u8.ToArray(), "\xc3\x28"u8.ToArray(), "Contact: *\r\n"u8.ToArray(), "Expires: 0\r\n"u8.ToArray(), "sip:"u8.ToArray(), "tel:"u8.ToArray(),
    ];

    private readonly Random random = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(Pick(corpus));
        for (var edits = random.Next(1, 9); edits > 0; edits--)
        {
            Edit(bytes);
        }

        return bytes.Count > MaxInputBytes ? [.. bytes.Take(MaxInputBytes)] : [.. bytes];
    }

    private void Edit(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 64), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.Insert(at, Separators[random.Next(Separators.Length)]);
                break;
            case 3:
                bytes.InsertRange(at, Pick(Words));
                break;
            case 4 when length > 0:
                bytes.RemoveRange(at, length);
                break;
            case 5 when length > 0:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 6 when random.Next(20) == 0:
                bytes.InsertRange(at, Enumerable.Repeat(Separators[random.Next(Separators.Length)], random.Next(1, 20_000)));
                break;
            case 7:
                Splice(bytes, at);
                break;
            case 8 when random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                DuplicateLine(bytes, at);
                break;
        }
    }

    private void Splice(List<byte> bytes, int at)
    {
        var other = Pick(corpus);
        var from = random.Next(other.Length + 1);
        bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 400))]);
    }

    private static void DuplicateLine(List<byte> bytes, int at)
    {
        var start = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1;
        var end = at < bytes.Count ? bytes.IndexOf((byte)'\n', at) + 1 : 0;
        if (end > start)
        {
            bytes.InsertRange(start, bytes.GetRange(start, end - start));
        }
    }

    private byte[] Pick(IReadOnlyList<byte[]> all) => all[random.Next(all.Count)];
}
