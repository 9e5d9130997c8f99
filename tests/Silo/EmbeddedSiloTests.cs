using SipGateway.Grains.Interfaces;

namespace SipGateway.Silo.Tests;

public sealed class EmbeddedSiloTests
{
    [Fact]
    public async Task TwoSilos_SideBySide_DoNotMeet()
    {
        await using var first = await TestSilo.StartAsync();
        await using var second = await TestSilo.StartAsync();

        await first.Grains.GetGrain<ITenantGrain>("acme").Ensure(By("1"));

        (await first.Grains.GetGrain<ITenantGrain>("acme").GetSnapshot()).Exists.Should().BeTrue();
        (await second.Grains.GetGrain<ITenantGrain>("acme").GetSnapshot()).Exists.Should().BeFalse();
    }

    [Fact]
    public async Task Start_HealthySilo_WarnsOfNothing()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.Grains.GetGrain<ITenantGrain>("acme").Ensure(By("1"));
        await silo.StopAsync();

        silo.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task Restart_SameDirectory_FindsWhatWasAcknowledged()
    {
        string directory;
        await using (var before = await TestSilo.StartAsync())
        {
            directory = before.DataDirectory;
            await before.Grains.GetGrain<ITenantGrain>("acme").Ensure(By("1"));
            (await before.Grains.GetGrain<ITenantGrain>("acme").SetSettings(By("2"), new TenantSettings { CodeDigits = 8 })).Status.Should().Be(CommandStatus.Done);
        }

        await using var after = await TestSilo.StartAsync(directory);

        (await after.Grains.GetGrain<ITenantGrain>("acme").GetSnapshot()).Settings.CodeDigits.Should().Be(8);
    }

    [Fact]
    public void AddSipGatewaySilo_BadOptions_TellsEveryError()
    {
        var options = new SiloOptions { CallTimeout = TimeSpan.Zero, DuePollPeriod = TimeSpan.Zero, MaxConcurrentSignIns = 0, ServiceId = " " };

        options.Validate().Should().HaveCount(4);
    }

    private static AdminContext By(string command) => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = command };
}
