using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>What an admin may take from the list, and what only the phone can.</summary>
public sealed class ResolveAttentionStories
{
    private readonly Life life = new();

    public ResolveAttentionStories()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme")).Should().BeEmpty();
        life.State.ConfigOwedSinceUtc = null;
        life.State.Firmware = "66.86.5.1";
        life.State.Seat = life.State.Seat! with { Alerts = [SignInRules.InService] };
        life.State.Failed = new FailedOperation { Id = "p1", Kind = DeviceOperationKind.Restart, AtUtc = Life.Start };
        life.State.Attempt = new StoredAttempt
        {
            Id = "s1", Tenant = "acme", Progress = SignInProgress.Failed, StartedAtUtc = Life.Start, DeadlineUtc = Life.Start,
        };
    }

    [Fact]
    public void Resolve_All_TakesAwayWhatIsAPersonsToJudge()
    {
        Resolve().Status.Should().Be(CommandStatus.Done);

        Words().Should().BeEmpty();
        life.State.Seat!.Alerts.Should().BeEmpty();
        life.Events[^1].Message.Should().EndWith("CONFLICT, OPERATION_FAILED, SIGN_IN_FAILED.");
    }

    [Fact]
    public void Resolve_One_LeavesTheOthers()
    {
        Resolve(AttentionReason.Conflict).Status.Should().Be(CommandStatus.Done);
        Words().Should().Be("OPERATION_FAILED SIGN_IN_FAILED");
    }

    [Fact]
    public void Resolve_ANewConflict_IsToldAgain()
    {
        Resolve();
        life.Keep(c =>
        {
            SignInAskerRules.Conflict(c, Life.Candidate(7).Id, Life.Home);
            return 0;
        });
        Words().Should().Be("CONFLICT");
    }

    [Fact]
    public void Resolve_WhatOnlyThePhoneEnds_IsRefusedWithWhatToDo()
    {
        life.State.ConfigOwedSinceUtc = life.Now;
        life.Now += AttentionRules.ConfigLimit;

        var refused = Resolve(AttentionReason.Conflict, AttentionReason.ConfigNotFetched);

        refused.Should().BeEquivalentTo(new { Status = CommandStatus.FailedPrecondition, Reason = "NOT_RESOLVED_BY_HAND" });
        refused.Message.Should().Contain("resync or restart");
        Words().Should().Contain("CONFLICT", "nothing of it happened");
        Resolve().Status.Should().Be(CommandStatus.Done, "without reasons those are meant that can be resolved");
        Resolve().Message.Should().Be(refused.Message, "and nothing else is left");
    }

    [Fact]
    public void Resolve_Twice_OrByAStranger_ChangesNothing()
    {
        var command = new ResolveAttentionCommand { Context = life.By("acme") };
        life.Keep(c => AttentionRules.Resolve(command, c));
        var (state, events) = (life.State, life.Events.Count);

        life.Keep(c => AttentionRules.Resolve(command, c)).Status.Should().Be(CommandStatus.Done);
        Resolve().Status.Should().Be(CommandStatus.Done, "there is nothing to resolve");
        life.Events.Should().HaveCount(events);
        life.Keep(c => AttentionRules.Resolve(new ResolveAttentionCommand { Context = life.By("globex") }, c)).Reason.Should().Be("DEVICE_NOT_FOUND");
        life.Keep(c => AttentionRules.Resolve(new ResolveAttentionCommand { Context = life.By("acme") with { ExpectedVersion = 1 } }, c))
            .Status.Should().Be(CommandStatus.Conflict);
        life.State.Seat.Should().Be(state.Seat);
    }

    [Fact]
    public void EveryReason_HasAWayOut()
    {
        foreach (var reason in Enum.GetValues<AttentionReason>())
        {
            var outcome = Resolve(reason);
            (outcome.Status == CommandStatus.Done || outcome.Message.Contains(AttentionRules.Word(reason), StringComparison.Ordinal)).Should().BeTrue($"of {reason}");
        }
    }

    private CommandOutcome Resolve(params AttentionReason[] reasons) =>
        life.Keep(c => AttentionRules.Resolve(new ResolveAttentionCommand { Context = life.By("acme"), Reasons = [.. reasons] }, c));

    private string Words() => AttentionRules.Words(AttentionRules.Of(life.State, "acme", life.Now, life.Options));
}
