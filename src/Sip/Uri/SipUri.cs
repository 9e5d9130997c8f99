using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace SipGateway.Sip;

/// <summary>
/// A URI as SIP meets it: sip, sips and tel taken apart, every other scheme kept as text. Immutable; <see cref="ToString"/>
/// gives back the
/// octets that were parsed. Equality is the equivalence of RFC 3261 §19.1.4.
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    internal SipUri(string schemeText, SipUriScheme scheme)
    {
        SchemeText = schemeText;
        Scheme = scheme;
    }

    /// <summary>Which scheme it is.</summary>
    public SipUriScheme Scheme { get; private init; }

    /// <summary>The scheme as received, without colon.</summary>
    public string SchemeText { get; private init; }

    /// <summary>Whether it is <c>sip:</c> or <c>sips:</c>.</summary>
    public bool IsSip => Scheme is SipUriScheme.Sip or SipUriScheme.Sips;

    /// <summary>The user with its escapes undone once, for tel the number; null when there is none. May hold any character, NUL
    /// included.</summary>
    public string? User => RawUser is null ? null : SipEscapes.Decode(RawUser);

    /// <summary>The user as received, escapes and all.</summary>
    public string? RawUser { get; internal init; }

    /// <summary>The password with its escapes undone once; null when there is none. It is deprecated (RFC 3261 §19.1.1) and is
    /// never logged.</summary>
    public string? Password => RawPassword is null ? null : SipEscapes.Decode(RawPassword);

    /// <summary>A name, an IPv4 address, or an IPv6 address in brackets; empty for tel and other schemes.</summary>
    public string Host { get; internal init; } = string.Empty;

    /// <summary>The port; null when the default is meant.</summary>
    public int? Port { get; internal init; }

    /// <summary>The URI parameters, escapes kept.</summary>
    public SipParameters Parameters { get; internal init; }

    /// <summary>What follows the question mark; null when there is none. Headers hidden here are never acted on.</summary>
    public string? RawHeaders { get; internal init; }

    /// <summary>For a scheme other than sip, sips and tel: what follows the colon. Else null.</summary>
    public string? Opaque { get; internal init; }

    /// <summary>The transport parameter in lower case; null when absent.</summary>
    public string? Transport => Parameters["transport"]?.ToLowerInvariant();

    internal string? RawPassword { get; init; }

    /// <summary>Reads a URI without angle brackets; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = SipUriGrammar.Parse(text);
        return uri is not null;
    }

    /// <summary>Reads a URI without angle brackets; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipUri? uri) =>
        TryParse(Encoding.UTF8.GetBytes(text ?? string.Empty), out uri);

    /// <summary>Reads a URI that is known to be good, e.g. one this program wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SipUri Parse(string text) => TryParse(text, out var uri) ? uri : throw new FormatException("Not a SIP URI.");

    /// <summary>Makes a sip or sips URI.</summary>
    /// <param name="user">Not escaped; null for none.</param>
    /// <param name="host">A name or an address; an IPv6 address gets its brackets.</param>
    /// <param name="port">Null for the default.</param>
    /// <param name="secure">Whether it is <c>sips:</c>.</param>
    /// <exception cref="FormatException">Host or port cannot stand in a URI.</exception>
    public static SipUri Create(string? user, string host, int? port = null, bool secure = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        var bracketed = host.Contains(':') && host[0] != '[' ? "[" + host + "]" : host;
        var scheme = secure ? "sips:" : "sip:";
        var userPart = user is null ? string.Empty : SipEscapes.EncodeUser(user) + "@";
        return Parse(scheme + userPart + bracketed + (port is { } p ? ":" + p.ToString(CultureInfo.InvariantCulture) : string.Empty));
    }

    /// <summary>Whether two URIs are equivalent by RFC 3261 §19.1.4 (tel: RFC 3966 §4).</summary>
    public static bool AreEquivalent(SipUri left, SipUri right) => SipUriComparison.AreEquivalent(left, right);

    /// <summary>The same URI with one parameter set.</summary>
    /// <param name="name">A token.</param>
    /// <param name="value">Without blanks or separators; null for none.</param>
    public SipUri WithParameter(string name, string? value = null) => Copy(Parameters.With(name, value), RawHeaders);

    /// <summary>The same URI without parameters and headers, as an address of record is kept.</summary>
    public SipUri WithoutParameters() => Copy(SipParameters.None, null);

    /// <inheritdoc />
    public bool Equals(SipUri? other) => other is not null && SipUriComparison.AreEquivalent(this, other);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <inheritdoc />
    public override int GetHashCode() => SipUriComparison.HashCode(this);

    /// <summary>The URI as it is written, without angle brackets.</summary>
    public override string ToString()
    {
        if (Opaque is not null)
        {
            return SchemeText + ":" + Opaque;
        }

        var text = new StringBuilder(SchemeText).Append(':').Append(RawUser);
        if (IsSip)
        {
            text.Append(RawPassword is null ? null : ":").Append(RawPassword).Append(RawUser is null ? null : "@").Append(Host);
        }

        if (Port is { } port)
        {
            text.Append(':').Append(port.ToString(CultureInfo.InvariantCulture));
        }

        return text.Append(Parameters.ToString()).Append(RawHeaders is null ? null : "?").Append(RawHeaders).ToString();
    }

    private SipUri Copy(SipParameters parameters, string? rawHeaders) => new(SchemeText, Scheme)
    {
        RawUser = RawUser,
        RawPassword = RawPassword,
        Host = Host,
        Port = Port,
        Parameters = parameters,
        RawHeaders = rawHeaders,
        Opaque = Opaque,
    };
}
