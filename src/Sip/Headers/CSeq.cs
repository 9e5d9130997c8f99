using System.Buffers.Text;

namespace SipGateway.Sip;

/// <summary>The CSeq header (RFC 3261 §20.16).</summary>
/// <param name="Number">0 to 2^31 − 1.</param>
/// <param name="Method">The method it numbers.</param>
public sealed record CSeq(uint Number, SipMethod Method)
{
    /// <summary>The largest number: RFC 3261 §8.1.1.5 demands less than 2^31.</summary>
    public const uint MaxNumber = int.MaxValue;

    /// <summary><c>1 REGISTER</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number} {Method}");

    internal static CSeq? Parse(ReadOnlySpan<byte> value)
    {
        var cursor = new SipCursor(value);
        cursor.SkipBlanks();
        if (!cursor.TryReadAll(SipCharacters.Digits, out var digits)
            || !Utf8Parser.TryParse(digits, out uint number, out var used) || used != digits.Length || number > MaxNumber
            || cursor.Peek is not ((byte)' ' or (byte)'\t'))
        {
            return null;
        }

        cursor.SkipBlanks();
        if (!cursor.TryReadToken(out var method))
        {
            return null;
        }

        cursor.SkipBlanks();
        return cursor.AtEnd ? new CSeq(number, SipMethod.FromToken(method)) : null;
    }
}
