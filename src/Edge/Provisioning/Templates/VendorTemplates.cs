using System.Collections.Frozen;
using HandlebarsDotNet;
using Template = HandlebarsDotNet.HandlebarsTemplate<object, object>;

namespace SipGateway.Edge;

/// <summary>
/// A vendor's template files, each compiled once, when it is first needed: most gateways see the phones of one or two vendors. They know values,
/// <c>if</c> and <c>each</c>; no helper runs code. Every value is escaped for the format of the file, whoever set it: an administrator, a phone or
/// an identity provider.
/// </summary>
internal sealed class VendorTemplates
{
    private const string Extension = ".hbs";

    private readonly FrozenDictionary<string, Lazy<Template>> templates;

    /// <summary>Finds the files in the folder <c>Vendors/FOLDER/Templates</c>.</summary>
    /// <param name="folder">The vendor's folder.</param>
    /// <param name="escaping">The format of all its files.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public VendorTemplates(string folder, ITextEncoder escaping)
    {
        var handlebars = new Lazy<IHandlebars>(
            () => Handlebars.Create(new HandlebarsConfiguration { TextEncoder = escaping, ThrowOnUnresolvedBindingExpression = true }));
        var prefix = $"SipGateway.Edge.Provisioning.Vendors.{folder}.Templates.";
        templates = typeof(VendorTemplates).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[prefix.Length..^Extension.Length], name => new Lazy<Template>(() => handlebars.Value.Compile(Read(name))), StringComparer.Ordinal);
        if (templates.Count == 0) throw new InvalidOperationException($"There is no template under {prefix}");
    }

    /// <summary>Renders a file.</summary>
    /// <param name="name">The template's name, without folder and extension.</param>
    /// <param name="values">What it may name; a name that is not there is an error.</param>
    public string Render(string name, object values) => templates[name].Value(values);

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(VendorTemplates).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
