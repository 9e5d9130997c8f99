using SipGateway.Grains.Interfaces;

namespace SipGateway.Silo.Tests;

public sealed class DueWorkTests
{
    private static readonly AdminContext Admin = new() { Tenant = "acme", Actor = "admin-key:1", CommandId = "1" };

    [Fact]
    public async Task DueGrain_IsCalled_AndNotAgainOnceItMovedItsTime()
    {
        var phones = new PhoneScript();
        await using var silo = await TestSilo.StartAsync(phones: phones);

        await silo.Grains.GetGrain<IDeviceGrain>("001565aabb01").Resync(Admin);
        await TestSilo.Until(() => Task.FromResult(phones.Calls.Contains("001565aabb01 RunDue")), "the grain was called");
        await silo.Grains.GetGrain<IDeviceGrain>("001565aabb02").Resync(Admin);
        await TestSilo.Until(() => Task.FromResult(phones.Calls.Contains("001565aabb02 RunDue")), "a later poll came");

        phones.Calls.Count(c => c == "001565aabb01 RunDue").Should().Be(1);
    }

    [Fact]
    public async Task FailingGrain_OthersAreCalled_AndItIsTriedAgain()
    {
        var phones = new PhoneScript();
        phones.Failures["001565aabb01"] = new InvalidOperationException("broken");
        await using var silo = await TestSilo.StartAsync(phones: phones);

        await silo.Grains.GetGrain<IDeviceGrain>("001565aabb01").Resync(Admin);
        await TestSilo.Until(() => Task.FromResult(phones.Calls.Contains("001565aabb01 RunDue")), "the failing grain was called");
        await silo.Grains.GetGrain<IDeviceGrain>("001565aabb02").Resync(Admin);
        await TestSilo.Until(() => Task.FromResult(phones.Calls.Contains("001565aabb02 RunDue")), "the other was called");
        await TestSilo.Until(() => Task.FromResult(phones.Calls.Count(c => c == "001565aabb01 RunDue") > 1), "the failing one was called again");

        silo.Warnings.Should().Contain(w => w.Contains("001565aabb01", StringComparison.Ordinal) && w.Contains("tried again", StringComparison.Ordinal));
    }
}
