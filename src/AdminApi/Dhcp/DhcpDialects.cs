using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>How one DHCP server is told.</summary>
internal interface IDhcpDialect
{
    /// <summary>Which.</summary>
    DhcpSnippet.Types.Server Server { get; }

    /// <summary>Where the text goes, a sentence.</summary>
    string Place { get; }

    /// <summary>What this server cannot be told; null when all of it can.</summary>
    DhcpRefusal? Refuse(DhcpValues values) => null;

    /// <summary>The text, with a line feed at each line's end.</summary>
    string Write(DhcpValues values);
}

/// <summary>Snippets for all servers.</summary>
internal static class DhcpDialects
{
    private static readonly IReadOnlyList<IDhcpDialect> All =
        [new IscDialect(), new KeaDialect(), new DnsmasqDialect(), new WindowsDialect(), new CiscoIosDialect()];

    /// <summary>Those asked for: one, or all.</summary>
    public static IReadOnlyList<IDhcpDialect> Of(DhcpSnippet.Types.Server server) =>
        server == DhcpSnippet.Types.Server.Unspecified ? All : [.. All.Where(d => d.Server == server)];

    /// <summary>Between quotes a comma does not part values, and # begins no comment.</summary>
    public static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The server as it is written on the wire, such as <c>CISCO_IOS</c>.</summary>
    public static string NameOf(DhcpSnippet.Types.Server server) =>
        DhcpSnippet.Descriptor.EnumTypes[0].FindValueByNumber((int)server).Name;
}
