namespace SipGateway.Sip;

/// <summary>One header line of a message, as received but for folds, which are blanks already.</summary>
public readonly struct SipHeader
{
    private readonly ReadOnlyMemory<byte> _rawName;

    internal SipHeader(SipHeaderName name, ReadOnlyMemory<byte> rawName, ReadOnlyMemory<byte> rawValue)
    {
        Name = name;
        _rawName = rawName;
        RawValue = rawValue;
    }

    /// <summary>Which header it is; <see cref="SipHeaderName.Unknown"/> for one not known by name.</summary>
    public SipHeaderName Name { get; }

    /// <summary>The name as received, possibly compact.</summary>
    public string NameText => SipCursor.Decode(_rawName.Span);

    /// <summary>The octets of the value without blanks at its ends.</summary>
    public ReadOnlyMemory<byte> RawValue { get; }

    /// <summary>The value as text (UTF-8; octets that are none become U+FFFD).</summary>
    public string Value => SipCursor.Decode(RawValue.Span);

    /// <summary><c>Name: value</c>.</summary>
    public override string ToString() => NameText + ": " + Value;
}
