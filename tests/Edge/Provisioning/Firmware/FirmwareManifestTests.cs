namespace SipGateway.Edge.Tests.Provisioning.Firmware;

public sealed class FirmwareManifestTests
{
    private static readonly string Digest = new('a', 64);
    private static readonly string[] Known = ["yealink", "snom"];

    [Fact]
    public void Read_AGoodOne_HasItsEntries()
    {
        var (entries, errors) = Read(
            "# ours\r\n"
            + $"yealink\tT46S, T48S\t66.86.5.1\tstable\ta.rom\t{Digest.ToUpperInvariant()}\r\n"
            + $"snom\tD7*\t10.1.141.13\tpilot\tb-1+2.bin\t{Digest}\t2026-03-01\t2026-04-01T20:30Z\t22:00-05:00\r\n");

        errors.Should().BeEmpty();
        entries[0].Should().BeEquivalentTo(new { Vendor = "yealink", Models = new[] { "T46S", "T48S" }, Version = "66.86.5.1", Channel = "stable", File = "a.rom", Sha256 = Digest });
        entries[0].Window.Should().BeNull();
        entries[1].NotBeforeUtc.Should().Be(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        entries[1].NotAfterUtc.Should().Be(new DateTimeOffset(2026, 4, 1, 20, 30, 0, TimeSpan.Zero));
        entries[1].Window.Should().Be(new DailyWindow(new TimeOnly(22, 0), new TimeOnly(5, 0)));
    }

    [Fact]
    public void Read_EveryError_IsToldAtOnceWithItsLine()
    {
        var (entries, errors) = Read(
            $"cisco\tT46S\t1.2\tstable\ta.rom\t{Digest}\n"
            + $"yealink\t\tnew\tStable\t../a.rom\tabc\tsoon\tlater\t25:00-26:00\n"
            + "yealink\tT46S\n"
            + $"yealink\tT4*6\t66.86.5.1\tstable\tb.rom\t{Digest}\t2026-03-02\t2026-03-01\t05:00-05:00\n"
            + $"snom\tD785\t10.1.2\tstable\tb.rom\t{new string('b', 64)}\n");

        entries.Should().BeEmpty();
        errors.Select(e => e[..7]).Should().Equal(
            "line 1:", "line 2:", "line 2:", "line 2:", "line 2:", "line 2:", "line 2:", "line 2:", "line 2:", "line 3:", "line 4:", "line 4:", "line 4:", "line 5:");
        string.Join('\n', errors).Should().ContainAll(
            "'cisco'", "no model", "'new'", "'Stable'", "'../a.rom'", "64 hex", "'soon'", "'later'", "'25:00-26:00'", "2 columns", "'T4*6'", "not-after", "'05:00-05:00'",
            "another sha256");
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a%2fb")]
    [InlineData("firmware.tsv")]
    [InlineData("")]
    public void Read_AHostileName_IsNone(string name) =>
        Read($"yealink\tT46S\t66.86.5.1\tstable\t{name}\t{Digest}\n").Errors.Should().ContainSingle().Which.Should().Contain("plain file name");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n\n")]
    public void Read_AnEmptyOne_IsGood(string text) => Read(text).Should().Match<(System.Collections.Immutable.ImmutableArray<FirmwareEntry> Entries, IReadOnlyList<string> Errors)>(
        read => read.Entries.IsEmpty && read.Errors.Count == 0);

    private static (System.Collections.Immutable.ImmutableArray<FirmwareEntry> Entries, IReadOnlyList<string> Errors) Read(string text) =>
        FirmwareManifest.Read(text, Known);
}
