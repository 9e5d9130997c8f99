using System.Globalization;

namespace SipGateway.Sip;

/// <summary>What Content-Length says, taken strictly: it decides where the next message begins.</summary>
internal static class ContentLengthRule
{
    /// <summary>Reads it.</summary>
    /// <param name="bytes">The octets of the message.</param>
    /// <param name="headers">Where its headers are.</param>
    /// <param name="length">The length, or <see cref="int.MaxValue"/> for any number beyond an int; null when there is no such
    /// header.</param>
    /// <param name="offset">Where the fault is.</param>
    public static SipRejectionReason Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<HeaderSlice> headers, out int? length, out int offset)
    {
        length = null;
        offset = 0;
        foreach (ref readonly var header in headers)
        {
            if (header.Name != SipHeaderName.ContentLength)
            {
                continue;
            }

            offset = header.ValueStart;
            if (length is not null)
            {
                return SipRejectionReason.ContentLengthDuplicate;
            }

            var text = bytes.Slice(header.ValueStart, header.ValueLength);
            if (text.IsEmpty || text.IndexOfAnyExcept(SipCharacters.Digits) >= 0)
            {
                return SipRejectionReason.ContentLengthInvalid;
            }

            length = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        }

        return SipRejectionReason.None;
    }
}
