using System.Text;

namespace SipGateway.Sip;

/// <summary>A request method: known, or any other token. Methods are compared with case (RFC 3261 §7.1).</summary>
public readonly struct SipMethod : IEquatable<SipMethod>
{
    /// <summary>REGISTER.</summary>
    public static readonly SipMethod Register = new("REGISTER");

    /// <summary>INVITE.</summary>
    public static readonly SipMethod Invite = new("INVITE");

    /// <summary>ACK.</summary>
    public static readonly SipMethod Ack = new("ACK");

    /// <summary>BYE.</summary>
    public static readonly SipMethod Bye = new("BYE");

    /// <summary>CANCEL.</summary>
    public static readonly SipMethod Cancel = new("CANCEL");

    /// <summary>OPTIONS.</summary>
    public static readonly SipMethod Options = new("OPTIONS");

    /// <summary>NOTIFY (RFC 6665).</summary>
    public static readonly SipMethod Notify = new("NOTIFY");

    /// <summary>SUBSCRIBE (RFC 6665).</summary>
    public static readonly SipMethod Subscribe = new("SUBSCRIBE");

    /// <summary>MESSAGE (RFC 3428).</summary>
    public static readonly SipMethod Message = new("MESSAGE");

    /// <summary>INFO (RFC 6086).</summary>
    public static readonly SipMethod Info = new("INFO");

    /// <summary>REFER (RFC 3515).</summary>
    public static readonly SipMethod Refer = new("REFER");

    /// <summary>PUBLISH (RFC 3903).</summary>
    public static readonly SipMethod Publish = new("PUBLISH");

    /// <summary>UPDATE (RFC 3311).</summary>
    public static readonly SipMethod Update = new("UPDATE");

    /// <summary>PRACK (RFC 3262).</summary>
    public static readonly SipMethod Prack = new("PRACK");

    private static readonly SipMethod[] All =
    [
        Register, Invite, Ack, Bye, Cancel, Options, Notify, Subscribe, Message, Info, Refer, Publish, Update, Prack,
    ];

    private static readonly byte[][] AllTexts = [.. All.Select(method => Encoding.ASCII.GetBytes(method.Text))];

    private readonly string? _text;

    private SipMethod(string text) => _text = text;

    /// <summary>The method as it stands in the request line; empty for the default value.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>Whether it is one of the members named here, i.e. a registered method. An unknown one is answered 501, a known
    /// one not served 405.</summary>
    public bool IsKnown => Array.IndexOf(All, this) >= 0;

    /// <summary>Whether two methods are the same.</summary>
    public static bool operator ==(SipMethod left, SipMethod right) => left.Equals(right);

    /// <summary>Whether two methods differ.</summary>
    public static bool operator !=(SipMethod left, SipMethod right) => !left.Equals(right);

    /// <summary>A method by name.</summary>
    /// <exception cref="ArgumentException">The name is no token.</exception>
    public static SipMethod Of(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        return SipCharacters.IsToken(bytes) ? FromToken(bytes) : throw new ArgumentException("A method is a token.", nameof(text));
    }

    /// <inheritdoc />
    public bool Equals(SipMethod other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SipMethod other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    /// <summary>The method as it stands in the request line.</summary>
    public override string ToString() => Text;

    internal static SipMethod FromToken(ReadOnlySpan<byte> token)
    {
        for (var i = 0; i < AllTexts.Length; i++)
        {
            if (token.SequenceEqual(AllTexts[i]))
            {
                return All[i];
            }
        }

        return new SipMethod(Encoding.ASCII.GetString(token));
    }
}
