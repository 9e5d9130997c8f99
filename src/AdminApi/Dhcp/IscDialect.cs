using System.Globalization;
using System.Text;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>ISC dhcpd.</summary>
internal sealed class IscDialect : IDhcpDialect
{
    /// <inheritdoc/>
    public DhcpSnippet.Types.Server Server => DhcpSnippet.Types.Server.Isc;

    /// <inheritdoc/>
    public string Place => "It goes into dhcpd.conf, outside every block; option lines may be moved into a subnet to hold for that one alone.";

    /// <inheritdoc/>
    public string Write(DhcpValues values)
    {
        var text = new StringBuilder();
        if (values.Says160) Line($"option {DhcpValues.UrlOptionName} code 160 = text;");
        var indent = "";
        if (values.Vendor is { } vendor)
        {
            var blocks = vendor.Blocks.Select(b => $"substring(hardware, 1, 3) = {b[..2]}:{b[2..4]}:{b[4..]}");
            Line($"class \"sipgw-{vendor.Name}\" {{");
            Line($"  match if {string.Join("\n    or ", blocks)};");
            indent = "  ";
        }

        if (values.Says66) Line($"{indent}option tftp-server-name {DhcpDialects.Quoted(values.ProvisioningUrl)};");
        if (values.Says160) Line($"{indent}option {DhcpValues.UrlOptionName} {DhcpDialects.Quoted(values.ProvisioningUrl)};");
        if (values.NtpServers.Count > 0) Line($"{indent}option ntp-servers {string.Join(", ", values.NtpServers)};");
        if (values.TimeOffsetSeconds is { } offset) Line(string.Create(CultureInfo.InvariantCulture, $"{indent}option time-offset {offset};"));
        if (values.Vendor is not null) Line("}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }
}
