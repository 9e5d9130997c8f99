using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Provisioning.Firmware;

/// <summary>What a phone's own file says of firmware.</summary>
public sealed class FirmwareFileTests : ProvisioningTest
{
    private const string Key = "static.firmware.url";
    private readonly FirmwareFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Calls calls = new();

    public FirmwareFileTests(EdgeFixture edge)
        : base(edge)
    {
        folder.Put("a+1.rom");
        folder.Manifest(folder.Row("a+1.rom", more: "\t-\t-\t22:00-05:00"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override ProvisioningOptions Change(ProvisioningOptions options) => options with { FirmwareDirectory = folder.Root };

    protected override void Change(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<ICallsInProgress>(calls);
    }

    [Theory]
    [InlineData("2026-03-01T20:59:59Z", false)]
    [InlineData("2026-03-01T21:00:00Z", true)]
    [InlineData("2026-03-02T03:59:59Z", true)]
    [InlineData("2026-03-02T04:00:00Z", false)]
    public async Task File_WithinTheWindow_SaysWhereAndOutsideTakesItBack(string now, bool isOpen)
    {
        time.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        var file = await FileAsync("stable");

        file[Key].Should().Be(isOpen ? $"https://127.0.0.1:{Server.HttpsPort}/firmware/a%2B1.rom" : "%NULL%");
        (await FileAsync("stable")).Text.Should().Be(file.Text, "equal state gives equal bytes");
        if (isOpen) (await Server.GetAsync(file[Key], UserAgent(Mac))).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("66.85.0.5", "", true)]
    [InlineData("66.86.5.1", "", false)]
    [InlineData("66.87.0.1", "", false)]
    [InlineData("66.85.0.5", "*.87", false)]
    public async Task File_NoStepForwardOrBelowTheMinimum_SaysNone(string runs, string minimum, bool isSaid)
    {
        time.SetUtcNow(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero));

        (await FileAsync("stable", runs, minimum))[Key].Should().Be(isSaid ? $"https://127.0.0.1:{Server.HttpsPort}/firmware/a%2B1.rom" : "%NULL%");
    }

    [Fact]
    public async Task File_WhileThePhoneIsInACall_SaysNone()
    {
        time.SetUtcNow(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero));
        calls.Mac = Mac;
        (await FileAsync("stable"))[Key].Should().Be("%NULL%");
        calls.Mac = "";
        (await FileAsync("stable"))[Key].Should().StartWith("https://");
    }

    [Fact]
    public async Task File_WithoutAChannel_SaysNothing()
    {
        (await FileAsync("")).Text.Should().NotContain(Key);
        (await FileAsync("other"))[Key].Should().Be("%NULL%", "whoever leaves a channel gets nothing more of it");
    }

    [Fact]
    public async Task Bootstrap_SaysNothing()
    {
        Script.BootstrapPolicy = new EffectivePolicy { FirmwareChannel = "stable" };
        (await BootstrapAsync()).Text.Should().NotContain(Key);
    }

    private Task<PhoneAnswer> FileAsync(string channel, string runs = "66.85.0.5", string minimum = "")
    {
        Script.MinFirmware = minimum;
        var policy = new EffectivePolicy { TimeZone = "Europe/Berlin", FirmwareChannel = channel };
        return Server.GetAsync(InService(ProvisioningScript.ConfigOf(policy: policy)) + $"{Mac}.cfg", UserAgent(Mac, firmware: runs), isSecure: true);
    }

    private sealed class Calls : ICallsInProgress
    {
        public string Mac { get; set; } = "";

        public bool Has(string mac) => mac == Mac;
    }
}
