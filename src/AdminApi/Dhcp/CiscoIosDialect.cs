using System.Text;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>The DHCP server of Cisco IOS and IOS XE.</summary>
internal sealed class CiscoIosDialect : IDhcpDialect
{
    /// <inheritdoc/>
    public DhcpSnippet.Types.Server Server => DhcpSnippet.Types.Server.CiscoIos;

    /// <inheritdoc/>
    public string Place => "Type it after 'configure terminal', with your pool's name instead of PHONES.";

    /// <inheritdoc/>
    public DhcpRefusal? Refuse(DhcpValues values) => values switch
    {
        { Vendor: not null } =>
            new("vendor", "a pool of Cisco IOS cannot tell phones by their MAC; leave the vendor out, and give the phones a pool of their own"),
        _ when values.ProvisioningUrl.Contains('?', StringComparison.Ordinal) =>
            new("provisioning_url", "the command line of Cisco IOS takes a question mark for a call for help; give an address without one"),
        _ => null,
    };

    /// <inheritdoc/>
    public string Write(DhcpValues values)
    {
        var text = new StringBuilder("ip dhcp pool PHONES\n");
        if (values.Says66) Line($"option 66 ascii {Quoted(values.ProvisioningUrl)}");
        if (values.Says160) Line($"option 160 ascii {Quoted(values.ProvisioningUrl)}");
        if (values.NtpServers.Count > 0) Line($"option 42 ip {string.Join(' ', values.NtpServers)}");
        if (values.TimeOffsetSeconds is { } offset) Line($"option 2 hex {(offset >> 16) & 0xFFFF:x4}.{offset & 0xFFFF:x4}");
        return text.ToString();

        void Line(string line) => text.Append(' ').Append(line).Append('\n');
    }

    // No quote and no backslash stands in a URL.
    private static string Quoted(string value) => $"\"{value}\"";
}
