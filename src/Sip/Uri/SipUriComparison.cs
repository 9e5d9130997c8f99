namespace SipGateway.Sip;

/// <summary>Equivalence of URIs: RFC 3261 §19.1.4, and RFC 3966 §4 for tel.</summary>
internal static class SipUriComparison
{
    // RFC 3261 §19.1.4: these never match when they stand in one URI only, not even when the value is the default.
    private static readonly string[] DecisiveParameters = ["user", "ttl", "method", "maddr", "transport"];

    public static bool AreEquivalent(SipUri left, SipUri right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (!string.Equals(left.SchemeText, right.SchemeText, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return left.Scheme switch
        {
            SipUriScheme.Other => string.Equals(left.Opaque, right.Opaque, StringComparison.Ordinal),
            SipUriScheme.Tel => string.Equals(TelNumber(left), TelNumber(right), StringComparison.Ordinal)
                && left.Parameters.Count == right.Parameters.Count && SharedParametersMatch(left, right, decisiveOnly: false),
            _ => AreSipEquivalent(left, right),
        };
    }

    public static int HashCode(SipUri uri) => uri.Scheme switch
    {
        SipUriScheme.Other => System.HashCode.Combine(uri.Scheme, uri.Opaque),
        SipUriScheme.Tel => System.HashCode.Combine(uri.Scheme, TelNumber(uri)),
        _ => System.HashCode.Combine(
            uri.Scheme, Canonical(uri.RawUser), string.GetHashCode(uri.Host, StringComparison.OrdinalIgnoreCase), uri.Port),
    };

    private static bool AreSipEquivalent(SipUri left, SipUri right) =>
        string.Equals(Canonical(left.RawUser), Canonical(right.RawUser), StringComparison.Ordinal)
        && string.Equals(Canonical(left.RawPassword), Canonical(right.RawPassword), StringComparison.Ordinal)
        && string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase)
        && left.Port == right.Port
        && SharedParametersMatch(left, right, decisiveOnly: true)
        && SharedParametersMatch(right, left, decisiveOnly: true)
        && HeadersMatch(left.RawHeaders, right.RawHeaders);

    /// <summary>Every parameter of one that the other has too is equal; one that the other lacks is a difference if decisive
    /// (or always, for tel).</summary>
    private static bool SharedParametersMatch(SipUri left, SipUri right, bool decisiveOnly)
    {
        foreach (var parameter in left.Parameters)
        {
            var name = SipEscapes.Canonicalize(parameter.Name);
            if (TryFind(right.Parameters, name, out var other))
            {
                if (!string.Equals(Canonical(parameter.RawValue), Canonical(other.RawValue), StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
            else if (!decisiveOnly || DecisiveParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryFind(SipParameters parameters, string canonicalName, out SipParameter found)
    {
        foreach (var parameter in parameters)
        {
            if (string.Equals(SipEscapes.Canonicalize(parameter.Name), canonicalName, StringComparison.OrdinalIgnoreCase))
            {
                found = parameter;
                return true;
            }
        }

        found = default;
        return false;
    }

    private static bool HeadersMatch(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        return Sorted(left).SequenceEqual(Sorted(right), StringComparer.Ordinal);

        // Names without case, values with: a header's own comparison rules would need its grammar.
        static IEnumerable<string> Sorted(string headers) => headers.Split('&')
            .Select(SipEscapes.Canonicalize)
            .Select(header => header.Split('=', 2) is [var name, var value]
                ? name.ToUpperInvariant() + "=" + value
                : header.ToUpperInvariant())
            .Order(StringComparer.Ordinal);
    }

    private static string? Canonical(string? text) => text is null ? null : SipEscapes.Canonicalize(text);

    // RFC 3966 §5.1.1: visual separators carry no meaning.
    private static string TelNumber(SipUri uri) =>
        string.Concat((uri.User ?? string.Empty).ToUpperInvariant().Where(c => !"-.()".Contains(c)));
}
