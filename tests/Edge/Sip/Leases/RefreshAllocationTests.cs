using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>The two messages that make up nearly all traffic are answered without a byte from the heap.</summary>
public sealed class RefreshAllocationTests(EdgeFixture fixture)
{
    private const int WarmUp = 200;
    private const int Count = 1000;

    [Fact]
    public void Challenge_AllocatesNothing()
    {
        var (user, _, _) = fixture.NewDevice();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var message = Encoding.ASCII.GetBytes(phone.Register());
        Allocated(phone, [.. Enumerable.Repeat(message, WarmUp + Count)]).Should().Be(0);
    }

    [Fact]
    public async Task Refresh_AllocatesNothing()
    {
        using var phone = await LeasedPhone.RegisteredAsync(fixture);
        var challenge = await phone.ChallengeAsync();
        var refreshes = Enumerable.Range(1, WarmUp + Count).Select(n => Encoding.ASCII.GetBytes(phone.Refresh(challenge, count: (uint)n)));

        // A lease is queued for its report once a second: one segment of that queue now and then is not the packet's.
        Allocated(phone.Phone, [.. refreshes]).Should().BeLessThan(Count);
        phone.Calls.Should().Be(1);
    }

    private long Allocated(UdpPhone phone, byte[][] messages)
    {
        var shortcut = fixture.Services.GetRequiredService<IShortcut>();
        var from = phone.Local.Serialize();
        var local = fixture.Edge.UdpEndPoint;
        var answer = new byte[8192];
        var answered = 0;
        var before = 0L;
        for (var i = 0; i < messages.Length; i++)
        {
            before = i == WarmUp ? GC.GetAllocatedBytesForCurrentThread() : before;
            answered += shortcut.Answer(messages[i], from, local, answer) > 0 ? 1 : 0;
        }

        var after = GC.GetAllocatedBytesForCurrentThread();
        answered.Should().Be(messages.Length);
        return after - before;
    }
}
