using System.Text;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>The published matrix, written from what these tests run and from the table.</summary>
internal static class CompatibilityPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("""
            # Compatibility

            Written by `CompatibilityPageTests` from the phones that the tests run (`tests/Edge/Provisioning/VendorSamples.cs`), the vendors' folders and the table of models
            (`src/Grains/Devices/Compatibility/Compatibility.tsv`). Do not edit: change those, and let the test write it anew.

            No phone of metal and plastic was in these tests. What stands here was run with user agents seen in the field, with the files that those phones ask for, and with phones in software that read these files and live from box to
            sign-out (`tests/Journeys`).

            ## Vendors

            | vendor | files, in their order | restart | resync | firmware from the gateway |
            |---|---|---|---|---|

            """);
        foreach (var vendor in Vendors.All) page.Append(VendorLine(vendor));
        page.Append("""

            ## Phones that the tests run

            As they call themselves over HTTP, and what the table says of them. `UNLISTED` phones are recognised and served; a tenant may choose otherwise.

            | vendor | model | firmware | compatibility | user agent |
            |---|---|---|---|---|

            """);
        foreach (var vendor in Vendors.All)
        {
            foreach (var userAgent in VendorSamples.All[vendor.Vendor].UserAgents) page.Append(PhoneLine(vendor, userAgent));
        }

        page.Append("""

            ## Models and firmware

            The oldest firmware that works, and the one from which on a phone counts as approved. An operator's `--compatibility-file` goes over it.

            | vendor | models | minimum | approved | note |
            |---|---|---|---|---|

            """);
        foreach (var row in CompatibilityTable.BuiltIn.Rows) page.Append(RowLine(row));
        return page.ToString();
    }

    private static string VendorLine(IVendor vendor)
    {
        var files = string.Join(", ", VendorSamples.All[vendor.Vendor].Files.Select(Code));
        var restart = Code(vendor.Event(NotifyKind.Restart));
        var resync = Code(vendor.Event(NotifyKind.Resync));
        return $"| {vendor.Vendor} | {files} | {restart} | {resync} | {(vendor.TakesFirmware ? "yes" : "no: left alone")} |\n";
    }

    private static string PhoneLine(IVendor vendor, string userAgent)
    {
        var phone = vendor.Recognize(userAgent)!;
        var level = CompatibilityTable.BuiltIn.Judge(Vendors.IdentityOf(phone));
        return $"| {vendor.Vendor} | {phone.Model} | {phone.Firmware} | {Name(level)} | {Code(userAgent)} |\n";
    }

    private static string RowLine(CompatibilityRow row) =>
        $"| {row.Vendor} | {string.Join(", ", row.Models.Select(Code))} | {Shown(row.Minimum)} | {Shown(row.Approved)} | {row.Note} |\n";

    private static string Shown(string version) => version.Length == 0 ? "-" : Code(version);

    private static string Code(string text) => $"`{text}`";

    private static string Name(DeviceCompatibility level) => level switch
    {
        DeviceCompatibility.Approved => "APPROVED",
        DeviceCompatibility.Supported => "SUPPORTED",
        DeviceCompatibility.BelowMinimum => "BELOW_MINIMUM",
        _ => "UNLISTED",
    };
}
