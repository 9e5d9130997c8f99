using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class RestartStories
{
    private readonly Life life = new();

    public RestartStories()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"));
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom);
        life.State.Intents = [];
        Register(1000, 1, "r1", "f1");
    }

    [Fact]
    public void Restart_Proved_Succeeds()
    {
        var order = Ask();
        Report(order, 200);
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom, file: ConfigFile.Boot);
        Register(2000, 1, "r2", "f2").Should().Be("SUCCEEDED");
    }

    [Fact]
    public void Restart_OnlyRefreshed_Fails()
    {
        Report(Ask(), 200);
        Register(2000, 2, "r1", "f1").Should().BeEmpty();
        life.Now += TimeSpan.FromMinutes(6);
        Due().Should().Be("FAILED");
    }

    [Fact]
    public void Restart_HalfOfTheProof_IsUnproven()
    {
        Report(Ask(), 200);
        Register(2000, 1, "r2", "f2").Should().BeEmpty();
        life.Now += TimeSpan.FromMinutes(6);
        Due().Should().Be("UNPROVEN");
    }

    [Fact]
    public void Restart_Refused_FailsWithTheReason()
    {
        Report(Ask(), 489);
        life.Now += TimeSpan.FromMinutes(6);
        Due().Should().Be("FAILED");
    }

    [Fact]
    public void Push_Lost_IsSentAgainFromTheStoredIntent()
    {
        var first = Ask();
        life.Keep(NotifyRules.TakeDue).Should().BeEmpty();
        life.Now += TimeSpan.FromSeconds(41);
        life.Keep(NotifyRules.TakeDue).Should().ContainSingle(i => i.OrderId == first.OrderId && i.Attempts == 2);
    }

    private NotifyIntent Ask()
    {
        life.Keep(c => DeviceOperationRules.Decide(life.By("acme"), DeviceOperationKind.Restart, c)).Status.Should().Be(CommandStatus.Done);
        return life.Keep(NotifyRules.TakeDue).Single();
    }

    private void Report(NotifyIntent order, int status) => life.Keep(c =>
    {
        NotifyRules.Decide(new NotifyReport { OrderId = order.OrderId, StatusCode = status }, c);
        return 0;
    });

    private string Register(long nonce, uint cseq, string callId, string flow) => life.Keep(c =>
    {
        var command = Life.Register(Life.Device(life.State.Seat!.Epoch, nonce), cseq, callId, flow);
        RegistrationRules.Decide(command, c, isRestricted: false).Outcome.Status.Should().Be(RegisterStatus.Accepted);
        DeviceOperationRules.NoteRegistered(c, command);
        return Ended(c);
    });

    private string Due() => life.Keep(c =>
    {
        LifeRules.RunDue(c, new TenantSettings(), life.Fresh());
        return Ended(c);
    });

    private static string Ended(DeviceChange change) => change.Effects().Operations.LastOrDefault()?.Status ?? "";
}
