using System.Text;
using HandlebarsDotNet;

namespace SipGateway.Edge;

/// <summary>The vendor's template files, compiled once. They know values, <c>if</c> and <c>each</c>; no helper runs code.</summary>
internal sealed class YealinkTemplates
{
    private readonly HandlebarsTemplate<object, object> boot;
    private readonly HandlebarsTemplate<object, object> common;
    private readonly HandlebarsTemplate<object, object> device;

    /// <summary>Compiles the three files.</summary>
    public YealinkTemplates()
    {
        var handlebars = Handlebars.Create(
            new HandlebarsConfiguration { TextEncoder = new LineEncoder(), ThrowOnUnresolvedBindingExpression = true });
        boot = handlebars.Compile(Read("boot"));
        common = handlebars.Compile(Read("common"));
        device = handlebars.Compile(Read("device"));
    }

    public string Boot(object values) => boot(values);

    public string Common(object values) => common(values);

    public string Device(object values) => device(values);

    private static string Read(string name)
    {
        var resource = $"SipGateway.Edge.Provisioning.Vendors.Yealink.Templates.{name}.hbs";
        using var stream = typeof(YealinkTemplates).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The template {resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A value stays on its line: control characters, which could begin a setting of their own, become blanks.</summary>
    private sealed class LineEncoder : ITextEncoder
    {
        public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

        public void Encode(string? text, TextWriter target)
        {
            foreach (var c in text ?? "") Write(c, target);
        }

        public void Encode<T>(T? text, TextWriter target)
            where T : IEnumerator<char>
        {
            while (text is not null && text.MoveNext()) Write(text.Current, target);
        }

        // U+2028 and U+2029 are line ends to some parsers.
        private static void Write(char c, TextWriter target) => target.Write(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
    }
}
