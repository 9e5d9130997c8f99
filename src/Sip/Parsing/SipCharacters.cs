using System.Buffers;

namespace SipGateway.Sip;

/// <summary>The character classes of RFC 3261 §25.1.</summary>
internal static class SipCharacters
{
    public const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static readonly SearchValues<byte> Token = Of(Alphanumeric + "-.!%*_+`'~");

    /// <summary>Host names as they are met: letters, digits, dot, hyphen, and the underscore that private networks use.</summary>
    public static readonly SearchValues<byte> HostName = Of(Alphanumeric + "-._");

    public static readonly SearchValues<byte> Digits = Of("0123456789");

    /// <summary>What ends the value of a parameter that is not quoted.</summary>
    public static readonly SearchValues<byte> ParameterValueEnd = Of(" \t;,<>\"\r\n\0");

    public static readonly SearchValues<byte> Blanks = Of(" \t");

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(Token) < 0;

    public static bool IsControl(byte b) => b is < 0x20 or 0x7F;

    public static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    private static SearchValues<byte> Of(string characters) => SearchValues.Create(characters.Select(c => (byte)c).ToArray());
}
