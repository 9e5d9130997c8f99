using System.Buffers;

namespace SipGateway.Sip;

/// <summary>What request and response builders share: further headers, the body, and the octets. A builder makes one message.</summary>
/// <typeparam name="TSelf">The builder itself, for chaining.</typeparam>
public abstract class SipMessageBuilder<TSelf>
    where TSelf : SipMessageBuilder<TSelf>
{
    private string? _contentType;
    private ReadOnlyMemory<byte> _body;

    private protected SipMessageBuilder()
    {
    }

    private protected SipWriter Writer { get; } = new();

    /// <summary>Adds a header line.</summary>
    /// <exception cref="ArgumentException">The value holds a CR, LF, NUL or other control character.</exception>
    public TSelf Add(SipHeaderName name, string value)
    {
        Writer.Header(name, value);
        return (TSelf)this;
    }

    /// <summary>Adds a header line.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value holds a control character.</exception>
    public TSelf Add(string name, string value)
    {
        Writer.Header(name, value);
        return (TSelf)this;
    }

    /// <summary>Sets the body; Content-Length is written in any case.</summary>
    /// <param name="contentType">Type and subtype with parameters.</param>
    /// <param name="body">Any octets.</param>
    public TSelf Body(string contentType, ReadOnlyMemory<byte> body)
    {
        SipWriter.ThrowIfUnsafe(contentType);
        _contentType = contentType;
        _body = body;
        return (TSelf)this;
    }

    /// <summary>The whole message.</summary>
    public byte[] Build()
    {
        Writer.End(_contentType, _body.Span);
        return Writer.ToArray();
    }

    /// <summary>Writes the whole message.</summary>
    public void Build(IBufferWriter<byte> output)
    {
        Writer.End(_contentType, _body.Span);
        output.Write(Writer.Written);
    }
}
