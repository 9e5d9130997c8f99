using System.Collections.Immutable;

namespace SipGateway.Edge.Tests.Provisioning.Firmware;

public sealed class FirmwareRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecognizedPhone Phone = new("yealink", "T46S", "66.85.0.5", "001565aabbcc");

    [Fact]
    public void Choose_TheNewestOfItsChannelAndModel()
    {
        var entries = ImmutableArray.Create(
            Entry("66.86.0.1"), Entry("66.86.5.1"), Entry("66.86.0.20"), Entry("66.87.0.1") with { Channel = "pilot" },
            Entry("66.88.0.1") with { Models = ["T48S"] }, Entry("66.89.0.1") with { Vendor = "snom" });

        Choose(entries)!.Version.Should().Be("66.86.5.1");
        Choose(entries, channel: "pilot")!.Version.Should().Be("66.87.0.1");
        Choose(entries, channel: "other").Should().BeNull();
        Choose(entries, channel: "").Should().BeNull();
        Choose(entries, Phone with { Model = "t48s" })!.Version.Should().Be("66.88.0.1");
    }

    [Theory]
    [InlineData("66.86.5.1")]
    [InlineData("66.86.5.2")]
    [InlineData("108.87.0.1")]
    [InlineData("")]
    [InlineData("unknown")]
    public void Choose_WhatWouldBeNoStepForward_IsNone(string runs) => Choose([Entry("66.86.5.1")], Phone with { Firmware = runs }).Should().BeNull();

    [Theory]
    [InlineData("*.86", true)]
    [InlineData("66.86.5.1", true)]
    [InlineData("*.87", false)]
    [InlineData("", true)]
    public void Choose_BelowTheMinimum_IsNone(string minimum, bool isChosen) =>
        (Choose([Entry("66.86.5.1")], minimum: minimum) is not null).Should().Be(isChosen);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Choose_NotBeforeCountsAndNotAfterDoesNot(int minutes, bool isChosen)
    {
        var entry = Entry("66.86.5.1") with { NotBeforeUtc = Noon, NotAfterUtc = Noon.AddHours(1) };

        (Choose([entry], now: Noon.AddMinutes(minutes)) is not null).Should().Be(isChosen);
    }

    [Theory]
    [InlineData("22:00-05:00", "Europe/Berlin", "2026-03-01T20:59:59Z", false)]
    [InlineData("22:00-05:00", "Europe/Berlin", "2026-03-01T21:00:00Z", true)]
    [InlineData("22:00-05:00", "Europe/Berlin", "2026-03-02T00:00:00Z", true)]
    [InlineData("22:00-05:00", "Europe/Berlin", "2026-03-02T03:59:59Z", true)]
    [InlineData("22:00-05:00", "Europe/Berlin", "2026-03-02T04:00:00Z", false)]
    [InlineData("22:00-05:00", "Europe/Berlin", "2026-07-01T20:00:00Z", true)]
    [InlineData("22:00-05:00", "UTC", "2026-07-01T20:00:00Z", false)]
    [InlineData("12:00-13:30", "UTC", "2026-07-01T13:29:59Z", true)]
    [InlineData("12:00-13:30", "UTC", "2026-07-01T13:30:00Z", false)]
    [InlineData("00:00-00:01", "UTC", "2026-07-01T00:00:00Z", true)]
    public void Choose_WindowIsOfThePhonesOwnDay(string window, string zone, string now, bool isChosen)
    {
        var entry = Entry("66.86.5.1") with { Window = DailyWindow.Parse(window) };
        entry.Window.Should().NotBeNull();

        (FirmwareRules.Choose(
            [entry], Phone, "stable", "", DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)) is not null)
            .Should().Be(isChosen);
    }

    internal static FirmwareEntry Entry(string version) => new()
    {
        Vendor = "yealink", Models = ["T46S"], Version = version, Channel = "stable", File = "a.rom", Sha256 = new string('a', 64),
    };

    private static FirmwareEntry? Choose(
        ImmutableArray<FirmwareEntry> entries, RecognizedPhone? phone = null, string channel = "stable", string minimum = "", DateTimeOffset? now = null) =>
        FirmwareRules.Choose(entries, phone ?? Phone, channel, minimum, now ?? Noon, TimeZoneInfo.Utc);
}
