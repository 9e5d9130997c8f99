using Microsoft.Extensions.DependencyInjection;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

public sealed class RegistrationLoopTests(EdgeFixture fixture)
{
    [Fact]
    public async Task Device_ThatRegistersInALoopWithTheRightPassword_IsSlowedAndNeverBanned()
    {
        var options = EdgeFixture.Options with
        {
            EdgeId = "edge-loop",
            Limits = EdgeFixture.Options.Limits with { RegistrationsPerSecondPerDevice = 2, RegistrationBurstPerDevice = 2 },
        };
        using var host = fixture.NewHost(options, fixture.Grains);
        await host.StartAsync();
        var edge = host.Services.GetRequiredService<SipEdge>().UdpEndPoint;
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(edge, user);
        var answers = new List<SipResponse>();
        for (var i = 0; i < 8; i++)
        {
            await Task.Delay(2); // A grain tells nonces apart by the millisecond.
            answers.Add(await phone.RegisterAsync(secret));
        }

        answers[0].StatusCode.Should().Be(200);
        answers.Should().OnlyContain(a => a.StatusCode == 200 || a.StatusCode == 503);
        var slowed = answers.First(a => a.StatusCode == 503);
        slowed.GetText(SipHeaderName.RetryAfter).Should().Be("10");
        fixture.Scripts[mac].Registers.Count.Should().Be(answers.Count(a => a.StatusCode == 200), "its grain is left alone");

        var other = fixture.NewDevice();
        using var quiet = new UdpPhone(edge, other.User);
        (await quiet.RegisterAsync(other.Secret)).StatusCode.Should().Be(200);
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        (await phone.RegisterAsync(secret)).StatusCode.Should().Be(200, "it is served again when it is slower");
        await host.StopAsync();
    }
}
