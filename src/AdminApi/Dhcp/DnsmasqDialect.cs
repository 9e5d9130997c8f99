using System.Globalization;
using System.Text;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>dnsmasq.</summary>
internal sealed class DnsmasqDialect : IDhcpDialect
{
    /// <inheritdoc/>
    public DhcpSnippet.Types.Server Server => DhcpSnippet.Types.Server.Dnsmasq;

    /// <inheritdoc/>
    public string Place => "It goes into dnsmasq.conf, or into a file of its own in dnsmasq.d.";

    /// <inheritdoc/>
    public string Write(DhcpValues values)
    {
        var text = new StringBuilder();
        var tag = "";
        if (values.Vendor is { } vendor)
        {
            tag = $"tag:sipgw-{vendor.Name},";
            foreach (var block in vendor.Blocks) Line($"dhcp-mac=set:sipgw-{vendor.Name},{block[..2]}:{block[2..4]}:{block[4..]}:*:*:*");
        }

        if (values.Says66) Line($"dhcp-option={tag}66,{DhcpDialects.Quoted(values.ProvisioningUrl)}");
        if (values.Says160) Line($"dhcp-option={tag}160,{DhcpDialects.Quoted(values.ProvisioningUrl)}");
        if (values.NtpServers.Count > 0) Line($"dhcp-option={tag}42,{string.Join(',', values.NtpServers)}");
        if (values.TimeOffsetSeconds is { } offset) Line(string.Create(CultureInfo.InvariantCulture, $"dhcp-option={tag}2,{offset}"));
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }
}
