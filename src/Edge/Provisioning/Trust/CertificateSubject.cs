using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>A certificate's subject taken apart: each attribute with its value, those of multi-valued parts one after the other.</summary>
internal sealed record CertificateSubject(IReadOnlyList<(string Oid, string Value)> Attributes)
{
    /// <summary>CN.</summary>
    public const string CommonName = "2.5.4.3";

    /// <summary>The attribute <c>serialNumber</c>, which is not the certificate's serial number.</summary>
    public const string SerialNumber = "2.5.4.5";

    /// <summary>L.</summary>
    public const string Locality = "2.5.4.7";

    /// <summary>ST, or S.</summary>
    public const string StateOrProvince = "2.5.4.8";

    /// <summary>OU.</summary>
    public const string OrganizationalUnit = "2.5.4.11";

    private const int MacDigits = 12;

    // A factory's subject has some five.
    private const int MaxAttributes = 32;

    /// <summary>Reads a subject; null when it is none that a factory writes: malformed, or of more attributes than anybody needs.</summary>
    public static CertificateSubject? Read(X500DistinguishedName name)
    {
        try
        {
            var found = new List<(string, string)>();
            var parts = new AsnReader(name.RawData, AsnEncodingRules.BER).ReadSequence();
            while (parts.HasData)
            {
                var attributes = parts.ReadSetOf(skipSortOrderValidation: true);
                while (attributes.HasData)
                {
                    var attribute = attributes.ReadSequence();
                    found.Add((attribute.ReadObjectIdentifier(), Text(attribute)));
                    if (found.Count > MaxAttributes) return null;
                }
            }

            return new CertificateSubject(found);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The values of an attribute.</summary>
    public IEnumerable<string> Of(string oid) => Attributes.Where(a => a.Oid == oid).Select(a => a.Value);

    /// <summary>The MAC that is the whole value of the only attribute of this kind; null: there is none, or more than one.</summary>
    public string? MacIn(string oid) =>
        Of(oid).Take(2).ToList() is [var only] && MacAddress.TryNormalize(only, out var mac) ? mac : null;

    /// <summary>The only MAC that stands anywhere in these values, as a run of exactly 12 hex digits; null: none, or several.</summary>
    public static string? OnlyMacWithin(IEnumerable<string> values) =>
        values.SelectMany(Runs).Select(run => MacAddress.TryNormalize(run, out var mac) ? mac : null).OfType<string>()
            .Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only] ? only : null;

    private static IEnumerable<string> Runs(string value)
    {
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && char.IsAsciiHexDigit(value[i])) continue;
            if (i - start == MacDigits && IsApart(value, start - 1) && IsApart(value, i)) yield return value[start..i];
            start = i + 1;
        }
    }

    // Part of a longer word is no MAC, unless the word is Cisco's.
    private static bool IsApart(string value, int at) => at < 0 || at >= value.Length || !char.IsLetterOrDigit(value[at])
        || value[..(at + 1)].EndsWith("SEP", StringComparison.OrdinalIgnoreCase);

    private static string Text(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        if (tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is var kind
            && kind is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
                or UniversalTagNumber.T61String or UniversalTagNumber.BMPString)
        {
            return attribute.ReadCharacterString(kind);
        }

        attribute.ReadEncodedValue();
        return "";
    }
}
