using System.Net;
using System.Net.Sockets;

namespace SipGateway.AdminApi;

/// <summary>What cannot be said over DHCP, and why.</summary>
/// <param name="Field">The request's field.</param>
/// <param name="Sentence">What is wrong with it and what to write instead.</param>
internal sealed record DhcpRefusal(string Field, string Sentence);

/// <summary>What phones are to be told, checked against what DHCP can carry; the same for every server.</summary>
internal sealed record DhcpValues
{
    /// <summary>The option's name where 160 has to be declared first.</summary>
    public const string UrlOptionName = "sipgw-provisioning-url";

    // RFC 2132 §2: the length of an option is one byte.
    private const int MaxUrlChars = 255;

    // What Cisco IOS takes in one option; nobody needs more.
    private const int MaxNtpServers = 8;

    private DhcpValues()
    {
    }

    /// <summary>Options 66 and 160: printable ASCII.</summary>
    public required string ProvisioningUrl { get; init; }

    /// <summary>Option 42; empty: not said.</summary>
    public required IReadOnlyList<IPAddress> NtpServers { get; init; }

    /// <summary>Option 2; null: not said.</summary>
    public required int? TimeOffsetSeconds { get; init; }

    /// <summary>The only phones to be told; null: all.</summary>
    public required DhcpVendor? Vendor { get; init; }

    /// <summary>Whether option 66 is said.</summary>
    public bool Says66 => Vendor?.Options.Contains(66) ?? true;

    /// <summary>Whether option 160 is said.</summary>
    public bool Says160 => Vendor?.Options.Contains(160) ?? true;

    /// <summary>Reads a request.</summary>
    /// <returns>The values, or everything that is wrong at once.</returns>
    public static (DhcpValues? Values, IReadOnlyList<DhcpRefusal> Refusals) Read(
        string url, IReadOnlyList<string> ntpServers, string timeZone, string vendor)
    {
        var refusals = new List<DhcpRefusal>();
        var values = new DhcpValues
        {
            ProvisioningUrl = Url(url, refusals),
            NtpServers = Addresses(ntpServers, refusals),
            TimeOffsetSeconds = timeZone.Length == 0 ? null : Offset(timeZone, refusals),
            Vendor = vendor.Length == 0 ? null : DhcpVendors.Find(vendor),
        };
        if (vendor.Length > 0 && values.Vendor is null) refusals.Add(new("vendor", DhcpVendors.WhyNot(vendor)));
        return (refusals.Count == 0 ? values : null, refusals);
    }

    private static string Url(string text, List<DhcpRefusal> refusals)
    {
        const string Field = "provisioning_url";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            refusals.Add(new(Field, $"'{ResourceNames.Shown(text)}' is no http or https address; write one such as http://phones.example.com:8080/"));
            return text;
        }

        foreach (var bad in text.Where(c => c is <= ' ' or > '~' or '"' or '\\' or '<' or '>').Take(1))
        {
            refusals.Add(new(Field, $"the character U+{(int)bad:X4} cannot stand in a URL; write it as %XX"));
        }

        var whole = uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0 ? text.TrimEnd('/') + "/dhcp/" : text;
        if (whole.Length > MaxUrlChars)
        {
            refusals.Add(new(Field, $"it has {whole.Length} characters, and a DHCP option carries {MaxUrlChars}; give a shorter one"));
        }

        return whole;
    }

    private static List<IPAddress> Addresses(IReadOnlyList<string> texts, List<DhcpRefusal> refusals)
    {
        var addresses = new List<IPAddress>();
        foreach (var text in texts)
        {
            // "10" would read as 0.0.0.10.
            if (text.Count(c => c == '.') == 3 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork)
            {
                addresses.Add(address);
            }
            else
            {
                refusals.Add(new("ntp_servers", $"'{ResourceNames.Shown(text)}' is no IPv4 address, and option 42 can carry no name; look its address up"));
            }
        }

        if (texts.Count > MaxNtpServers) refusals.Add(new("ntp_servers", $"there are {texts.Count}; give {MaxNtpServers} at most"));
        return addresses;
    }

    private static int? Offset(string zone, List<DhcpRefusal> refusals)
    {
        // A zone's name is looked up as a file's: no points, no empty parts.
        var isName = zone.Split('/').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+'));
        if (isName && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId)
        {
            return (int)found.BaseUtcOffset.TotalSeconds;
        }

        refusals.Add(new("time_zone", $"'{ResourceNames.Shown(zone)}' is no IANA time zone; write one such as Europe/Vienna"));
        return null;
    }
}
