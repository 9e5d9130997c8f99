using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class CompatibilityFileTests
{
    [Fact]
    public void BuiltIn_HasTheVendorsOfTheReference() => CompatibilityTable.BuiltIn.Rows.Select(r => r.Vendor).Distinct().Should()
        .BeEquivalentTo(["cisco", "poly", "yealink", "audiocodes", "gigaset", "snom", "fanvil", "htek"]);

    [Theory]
    [InlineData("yealink", "T46S", "66.86.5.1", DeviceCompatibility.Approved)]
    [InlineData("yealink", "t46s", "66.87.0.1", DeviceCompatibility.Approved)]
    [InlineData("yealink", "T46S", "66.84.0.15", DeviceCompatibility.Supported)]
    [InlineData("yealink", "T46S", "66.81.0.15", DeviceCompatibility.BelowMinimum)]
    [InlineData("yealink", "T46S", "", DeviceCompatibility.BelowMinimum)]
    [InlineData("yealink", "T23G", "44.99.0.1", DeviceCompatibility.Supported)]
    [InlineData("yealink", "T99X", "99.86.5.1", DeviceCompatibility.Unlisted)]
    [InlineData("cisco", "CP-8841-3PCC", "11.0", DeviceCompatibility.BelowMinimum)]
    [InlineData("cisco", "CP-8841-3PCC", "12.0.3", DeviceCompatibility.Approved)]
    [InlineData("poly", "VVX-250", "6.4.3.5156", DeviceCompatibility.Supported)]
    [InlineData("gigaset", "N870-IP-PRO", "83.V2.52.0+build.a546b91", DeviceCompatibility.Approved)]
    [InlineData("fanvil", "X5U-V2", "2.12.16.17", DeviceCompatibility.Supported)]
    [InlineData("grandstream", "GXP2130", "1.0.7.25", DeviceCompatibility.Unlisted)]
    [InlineData("", "", "", DeviceCompatibility.Unknown)]
    public void Judge_ByTheBuiltInTable(string vendor, string model, string firmware, DeviceCompatibility expected) =>
        CompatibilityTable.BuiltIn.Judge(new PhoneIdentity { Vendor = vendor, Model = model, Firmware = firmware }).Should().Be(expected);

    [Fact]
    public void Read_EveryError_IsReportedAtOnceWithItsLine()
    {
        var (table, errors) = Read(
            "# models\n"
            + "Yealink\tT46S\t*.83\t-\n"
            + "yealink\t\t*.83\t-\n"
            + "yealink\tT4*6\t*.83\t-\n"
            + "yealink\tT46S\tnew\t\n"
            + "snom\tD7*\t10.1\t9.9\n"
            + "snom\tD785\t1.2\n"
            + "\n"
            + "snom\td7*\t1.2\t-\ta note\n"
            + "!replace\n");

        table.Should().BeNull();
        errors.Should().SatisfyRespectively(
            e => e.Should().StartWith("line 2:").And.Contain("'Yealink'"),
            e => e.Should().StartWith("line 3:").And.Contain("no model"),
            e => e.Should().StartWith("line 4:").And.Contain("'T4*6'"),
            e => e.Should().StartWith("line 5:").And.Contain("minimum 'new'"),
            e => e.Should().StartWith("line 5:").And.Contain("approved ''"),
            e => e.Should().StartWith("line 6:").And.Contain("older than the minimum"),
            e => e.Should().StartWith("line 7:").And.Contain("3 columns"),
            e => e.Should().StartWith("line 9:").And.Contain("line 6"),
            e => e.Should().StartWith("line 10:").And.Contain("before the rows"));
    }

    [Fact]
    public void Read_NoRow_IsAnError() => Read("# nothing\n").Errors.Should().ContainSingle().Which.Should().Contain("no row");

    [Fact]
    public void Read_OperatorsRows_GoBeforeThoseThatCome()
    {
        var table = Read("\uFEFFgrandstream\tGXP21*\t1.0.7\t-\r\nyealink\tT46S\t*.86\t-\r\n").Table!;

        Level(table, "grandstream", "GXP2130", "1.0.7.25").Should().Be(DeviceCompatibility.Supported);
        Level(table, "yealink", "T46S", "66.85.0.5").Should().Be(DeviceCompatibility.BelowMinimum);
        Level(table, "yealink", "T48S", "65.85.0.5").Should().Be(DeviceCompatibility.Supported);
    }

    [Fact]
    public void Read_Replace_LeavesNothingOfTheTableThatComes()
    {
        var table = Read("!replace\nyealink\tT46S\t-\t-\n").Table!;

        table.Rows.Should().ContainSingle();
        Level(table, "yealink", "T46S", "").Should().Be(DeviceCompatibility.Supported);
    }

    [Fact]
    public void Load_FileThatIsNotThere_IsAnErrorAndNoFileIsTheTableThatComes()
    {
        CompatibilityFile.Load("/nonexistent/table.tsv").Errors.Should().ContainSingle().Which.Should().Contain("cannot be read");
        CompatibilityFile.Load("").Table.Should().BeSameAs(CompatibilityTable.BuiltIn);
    }

    private static (CompatibilityTable? Table, IReadOnlyList<string> Errors) Read(string text) => CompatibilityFile.Read(text, CompatibilityTable.BuiltIn);

    private static DeviceCompatibility Level(CompatibilityTable table, string vendor, string model, string firmware) =>
        table.Judge(new PhoneIdentity { Vendor = vendor, Model = model, Firmware = firmware });
}
