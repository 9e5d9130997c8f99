using System.Text;
using System.Xml;
using HandlebarsDotNet;

namespace SipGateway.Edge;

/// <summary>How a value is written, so that it stays a value.</summary>
internal abstract class Escaping : ITextEncoder
{
    /// <summary>For <c>key = value</c>: a value stays on its line.</summary>
    public static readonly Escaping Line = new LineEscaping();

    /// <summary>For <c>NAME="value"</c> in a format that knows no escape: a value stays on its line and between its quotes.</summary>
    public static readonly Escaping Quoted = new QuotedEscaping();

    /// <summary>For XML, in elements and in quoted attributes.</summary>
    public static readonly Escaping Xml = new XmlEscaping();

    /// <inheritdoc/>
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    /// <inheritdoc/>
    public void Encode(string? text, TextWriter target)
    {
        foreach (var c in text ?? "") Write(c, target);
    }

    /// <inheritdoc/>
    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        while (text is not null && text.MoveNext()) Write(text.Current, target);
    }

    /// <summary>Writes one character.</summary>
    protected abstract void Write(char c, TextWriter target);

    // U+2028 and U+2029 are line ends to some parsers.
    private static bool EndsLine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private sealed class LineEscaping : Escaping
    {
        protected override void Write(char c, TextWriter target) => target.Write(EndsLine(c) ? ' ' : c);
    }

    private sealed class QuotedEscaping : Escaping
    {
        protected override void Write(char c, TextWriter target) => target.Write(EndsLine(c) ? ' ' : c == '"' ? '\'' : c);
    }

    private sealed class XmlEscaping : Escaping
    {
        protected override void Write(char c, TextWriter target)
        {
            switch (c)
            {
                case '&': target.Write("&amp;"); break;
                case '<': target.Write("&lt;"); break;
                case '>': target.Write("&gt;"); break;
                case '"': target.Write("&quot;"); break;
                case '\'': target.Write("&#39;"); break;
                default: target.Write(EndsLine(c) || !(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) ? ' ' : c); break;
            }
        }
    }
}
