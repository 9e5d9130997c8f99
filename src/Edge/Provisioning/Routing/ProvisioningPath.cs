using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Where a path leads.</summary>
internal enum PathArea
{
    /// <summary>The root: a phone that only knows the provisioning URL.</summary>
    Root,

    /// <summary><c>/d/TOKEN/FILE</c>.</summary>
    Device,

    /// <summary><c>/s/TOKEN/PAGE</c>.</summary>
    Screen,

    /// <summary><c>/firmware/FILE</c>.</summary>
    Firmware,

    /// <summary>Nowhere.</summary>
    None,
}

/// <summary>
/// A request path taken apart: doubled slashes, <c>/lang_xx</c>, <c>/tenantid/TENANT</c> and one of <c>/dhcp</c>, <c>/redirect</c> and <c>/pnp</c> in
/// front, any case. Nothing of it ever becomes a file's path.
/// </summary>
internal sealed record ProvisioningPath(
    PathArea Area, string Token, string File, string Language, string Tenant, PhoneOrigin Origin = PhoneOrigin.Unknown)
{
    /// <summary>
    /// The folder of devices that have no vendor: <c>/generic/MAC.cfg</c> is the file <c>generic-MAC.cfg</c>, which no vendor's phone asks for; so it
    /// is under a token.
    /// </summary>
    public const string GenericFolder = "generic";

    private const int MaxChars = 400;

    private static readonly ProvisioningPath Nowhere = new(PathArea.None, "", "", "", "");

    private static readonly Dictionary<string, PhoneOrigin> Origins = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dhcp"] = PhoneOrigin.Dhcp, ["redirect"] = PhoneOrigin.Redirect, ["pnp"] = PhoneOrigin.PlugAndPlay,
    };

    /// <summary>
    /// What stands before <c>/d/</c> and <c>/s/</c>, so that the language of the first URL, and how the phone came by it, is not lost with it. A
    /// device in service has told how it came: its own URL says no more of it.
    /// </summary>
    public static string Prefix(string language, PhoneOrigin origin = PhoneOrigin.Unknown) =>
        (language.Length == 0 ? "" : $"/lang_{language}")
        + (origin == PhoneOrigin.Unknown ? "" : $"/{Origins.First(o => o.Value == origin).Key}");

    /// <summary>The language when there are texts of it; empty when none, or one we do not speak, was asked for.</summary>
    public string KnownLanguage => ScreenTexts.Has(Language) ? Language : "";

    public static ProvisioningPath Parse(string path)
    {
        if (path.Length > MaxChars) return Nowhere;
        var parts = new Queue<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        string language = "", tenant = "";
        var origin = PhoneOrigin.Unknown;
        while (parts.TryPeek(out var first))
        {
            if (first.Length == 7 && first.StartsWith("lang_", StringComparison.OrdinalIgnoreCase))
            {
                language = parts.Dequeue()[5..].ToLowerInvariant();
            }
            else if (first.Equals("tenantid", StringComparison.OrdinalIgnoreCase) && parts.Count > 1)
            {
                parts.Dequeue();
                tenant = parts.Dequeue();
            }
            else if (parts.Count > 1 && origin == PhoneOrigin.Unknown && Origins.TryGetValue(first, out origin))
            {
                parts.Dequeue();
            }
            else
            {
                break;
            }
        }

        var rest = parts.ToArray();
        if (rest is [.., var folder, var name] && rest.Length is 2 or 4 && folder.Equals(GenericFolder, StringComparison.OrdinalIgnoreCase))
        {
            rest = [.. rest[..^2], $"{GenericFolder}-{name}"];
        }

        return rest switch
        {
            [var file] => new ProvisioningPath(PathArea.Root, "", file, language, tenant, origin),
            ["d" or "D", var token, var file] => new ProvisioningPath(PathArea.Device, token, file, language, tenant, origin),
            ["s" or "S", var token, var page] => new ProvisioningPath(PathArea.Screen, token, page, language, tenant, origin),
            [var area, var file] when area.Equals(FirmwareOffers.Area, StringComparison.OrdinalIgnoreCase) =>
                new ProvisioningPath(PathArea.Firmware, "", file, language, tenant, origin),
            _ => Nowhere,
        };
    }
}
