using SipGateway.Grains.Devices;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What is published is what the tests ran.</summary>
public sealed class CompatibilityPageTests
{
    private const string Switch = "SIPGATEWAY_WRITE_PAGES";

    [Fact]
    public async Task Page_InTheRepository_IsWhatTheTestsRan()
    {
        var path = Path.Combine(Root(), "docs", "COMPATIBILITY.md");
        var page = CompatibilityPage.Write();
        if (Environment.GetEnvironmentVariable(Switch) == "1") await File.WriteAllTextAsync(path, page);

        var committed = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";

        committed.Should().Be(
            page,
            "docs/COMPATIBILITY.md is written from the tests. Write it anew with {0}=1 tests/Edge/bin/Release/net10.0/SipGateway.Edge.Tests -class {1}, and read the diff",
            Switch,
            typeof(CompatibilityPageTests).FullName);
    }

    [Fact]
    public void Table_NamesOnlyVendorsThatHaveAFolder() =>
        CompatibilityTable.BuiltIn.Rows.Select(row => row.Vendor).Distinct().Should().BeSubsetOf(Vendors.All.Select(vendor => vendor.Vendor));

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "SipGateway.Orleans.sln"))) return at.FullName;
        }

        throw new InvalidOperationException($"No SipGateway.Orleans.sln above {AppContext.BaseDirectory}: the tests run from their build folder only.");
    }
}
