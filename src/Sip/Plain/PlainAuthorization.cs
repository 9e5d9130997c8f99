using System.Buffers.Text;
using SipGateway.Sip.Authentication;

namespace SipGateway.Sip.Plain;

/// <summary>
/// Digest credentials in the plain form: every parameter once, quoted values without escapes, MD5, <c>qop=auth</c>. Anything else is left to
/// <see cref="Authentication.DigestCredentials"/>.
/// </summary>
public ref struct PlainAuthorization
{
    /// <summary>The user name.</summary>
    public ReadOnlySpan<byte> UserName { get; private set; }

    /// <summary>The realm.</summary>
    public ReadOnlySpan<byte> Realm { get; private set; }

    /// <summary>The nonce.</summary>
    public ReadOnlySpan<byte> Nonce { get; private set; }

    /// <summary>The digest-uri.</summary>
    public ReadOnlySpan<byte> Uri { get; private set; }

    /// <summary>The response: 32 lower-case hex digits.</summary>
    public ReadOnlySpan<byte> Response { get; private set; }

    /// <summary>The client's nonce.</summary>
    public ReadOnlySpan<byte> ClientNonce { get; private set; }

    /// <summary>The nonce count as received, eight hex digits.</summary>
    public ReadOnlySpan<byte> NonceCountText { get; private set; }

    /// <summary>The nonce count.</summary>
    public uint NonceCount { get; private set; }

    private int seen;

    /// <summary>Reads an Authorization header's value.</summary>
    /// <returns>False when it is not plain.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out PlainAuthorization authorization)
    {
        authorization = default;
        if (!value.StartsWith("Digest "u8) || value.Length > DigestCredentials.MaxLength)
        {
            return false;
        }

        var at = 7;
        while (true)
        {
            while (at < value.Length && value[at] == ' ')
            {
                at++;
            }

            if (!TryFindValue(value, at, out var equals, out var start, out var length)
                || !authorization.Take(value[at..equals], value.Slice(start, length), isQuoted: start > equals + 1))
            {
                return false;
            }

            at = start + length + (start > equals + 1 ? 1 : 0);
            if (at == value.Length)
            {
                // All eight that are needed; algorithm and opaque may be missing.
                return (authorization.seen & 0xFF) == 0xFF;
            }

            if (value[at++] != ',')
            {
                return false;
            }
        }
    }

    // name=value or name="value"; a quoted value begins two characters after its equals sign.
    private static bool TryFindValue(ReadOnlySpan<byte> value, int at, out int equals, out int start, out int length)
    {
        var found = value[at..].IndexOf((byte)'=');
        equals = at + found;
        var isQuoted = found > 0 && equals + 1 < value.Length && value[equals + 1] == '"';
        start = equals + (isQuoted ? 2 : 1);
        length = 0;
        if (found <= 0)
        {
            return false;
        }

        length = isQuoted ? value[start..].IndexOf((byte)'"') : value[start..].IndexOfAnyExcept(SipCharacters.Token);
        length = length < 0 && !isQuoted ? value.Length - start : length;
        return length >= 0 && !value.Slice(start, length).Contains((byte)'\\');
    }

    private bool Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, bool isQuoted)
    {
        if (name.SequenceEqual("username"u8))
        {
            UserName = text;
            return isQuoted && IsFirst(0);
        }

        if (name.SequenceEqual("realm"u8))
        {
            Realm = text;
            return isQuoted && IsFirst(1);
        }

        if (name.SequenceEqual("nonce"u8))
        {
            Nonce = text;
            return isQuoted && IsFirst(2);
        }

        if (name.SequenceEqual("uri"u8))
        {
            Uri = text;
            return isQuoted && IsFirst(3);
        }

        if (name.SequenceEqual("response"u8))
        {
            Response = text;
            return isQuoted && text.Length == 32 && IsFirst(4);
        }

        return TakeQop(name, text, isQuoted);
    }

    private bool TakeQop(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, bool isQuoted)
    {
        if (name.SequenceEqual("cnonce"u8))
        {
            ClientNonce = text;
            return isQuoted && IsFirst(5);
        }

        if (name.SequenceEqual("nc"u8))
        {
            NonceCountText = text;
            var isRead = text.Length == 8 && Utf8Parser.TryParse(text, out uint count, out var used, 'x') && used == 8 && Set(count);
            return isRead && !isQuoted && IsFirst(6);
        }

        return name.SequenceEqual("qop"u8) ? text.SequenceEqual("auth"u8) && IsFirst(7)
            : name.SequenceEqual("algorithm"u8) ? text.SequenceEqual("MD5"u8) && IsFirst(8)
            : name.SequenceEqual("opaque"u8) && IsFirst(9);
    }

    private bool Set(uint count)
    {
        NonceCount = count;
        return true;
    }

    private bool IsFirst(int parameter)
    {
        var bit = 1 << parameter;
        var isFirst = (seen & bit) == 0;
        seen |= bit;
        return isFirst;
    }
}
