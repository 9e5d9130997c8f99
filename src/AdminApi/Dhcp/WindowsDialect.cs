using System.Globalization;
using System.Text;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>The DHCP role of Windows Server, by its PowerShell module.</summary>
internal sealed class WindowsDialect : IDhcpDialect
{
    /// <inheritdoc/>
    public DhcpSnippet.Types.Server Server => DhcpSnippet.Types.Server.Windows;

    /// <inheritdoc/>
    public string Place =>
        "Run it in PowerShell on the DHCP server as an administrator; -ScopeId ADDRESS behind each command makes it hold for one scope alone.";

    /// <inheritdoc/>
    public string Write(DhcpValues values)
    {
        var text = new StringBuilder();
        if (values.Says160)
        {
            Line("if (-not (Get-DhcpServerv4OptionDefinition -OptionId 160 -ErrorAction SilentlyContinue)) {");
            Line($"  Add-DhcpServerv4OptionDefinition -OptionId 160 -Name '{DhcpValues.UrlOptionName}' -Type String");
            Line("}");
        }

        var policy = "";
        if (values.Vendor is { } vendor)
        {
            policy = $" -PolicyName 'sipgw-{vendor.Name}'";
            var blocks = string.Join(',', vendor.Blocks.Select(b => $"'{b.ToUpperInvariant()}*'"));
            Line($"Add-DhcpServerv4Policy -Name 'sipgw-{vendor.Name}' -Condition OR -MacAddress 'EQ',{blocks}");
        }

        if (values.Says66) Set(66, Quoted(values.ProvisioningUrl));
        if (values.Says160) Set(160, Quoted(values.ProvisioningUrl));
        if (values.NtpServers.Count > 0) Set(42, string.Join(',', values.NtpServers.Select(n => $"'{n}'")));

        // The type is DWORD: a negative number is written as its bits.
        if (values.TimeOffsetSeconds is { } offset) Set(2, string.Create(CultureInfo.InvariantCulture, $"'0x{offset:X8}'"));
        return text.ToString();

        void Set(int option, string value) =>
            Line(string.Create(CultureInfo.InvariantCulture, $"Set-DhcpServerv4OptionValue{policy} -OptionId {option} -Value {value}"));

        void Line(string line) => text.Append(line).Append('\n');
    }

    // Between single quotes nothing is expanded, $ neither.
    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
