using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SipGateway.Admin.V1;

namespace SipGateway.AdminApi;

/// <summary>Kea's DHCPv4 server.</summary>
internal sealed class KeaDialect : IDhcpDialect
{
    // Nothing of it gets into a page; < and & stay readable.
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public DhcpSnippet.Types.Server Server => DhcpSnippet.Types.Server.Kea;

    /// <inheritdoc/>
    public string Place => "It is to be merged into the object Dhcp4 of kea-dhcp4.conf; option-data may be moved into a subnet to hold for that one alone.";

    /// <inheritdoc/>
    public string Write(DhcpValues values)
    {
        var dhcp = new JsonObject();
        if (values.Says160)
        {
            dhcp["option-def"] = new JsonArray(new JsonObject
            {
                ["name"] = DhcpValues.UrlOptionName, ["code"] = 160, ["space"] = "dhcp4", ["type"] = "string",
            });
        }

        if (values.Vendor is { } vendor)
        {
            dhcp["client-classes"] = new JsonArray(new JsonObject
            {
                ["name"] = $"sipgw-{vendor.Name}",
                ["test"] = string.Join(" or ", vendor.Blocks.Select(b => $"substring(pkt4.mac, 0, 3) == 0x{b}")),
                ["option-data"] = Data(values),
            });
        }
        else
        {
            dhcp["option-data"] = Data(values);
        }

        return new JsonObject { ["Dhcp4"] = dhcp }.ToJsonString(Written) + "\n";
    }

    private static JsonArray Data(DhcpValues values)
    {
        var data = new JsonArray();
        if (values.Says66) Add("tftp-server-name", Escaped(values.ProvisioningUrl));
        if (values.Says160) Add(DhcpValues.UrlOptionName, Escaped(values.ProvisioningUrl));
        if (values.NtpServers.Count > 0) Add("ntp-servers", string.Join(", ", values.NtpServers));
        if (values.TimeOffsetSeconds is { } offset) Add("time-offset", offset.ToString(CultureInfo.InvariantCulture));
        return data;

        void Add(string name, string value) => data.Add(new JsonObject { ["name"] = name, ["data"] = value });
    }

    // Data is a list with commas, in strings too; a comma of the text's own needs a backslash.
    private static string Escaped(string value) => value.Replace(",", "\\,", StringComparison.Ordinal);
}
