using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SipGateway.Grains;
using SipGateway.Grains.Interfaces;
using SipGateway.Identity;

namespace SipGateway.Silo.Tests;

public sealed class SignInRunnerTests
{
    [Fact]
    public async Task Ensure_StepsOfTheAuthority_ReachThePhonesGrainOnceEach()
    {
        var phones = new PhoneScript();
        var authority = new ChannelAuthority();
        await using var silo = await TestSilo.StartAsync(phones: phones, authority: authority);
        var runner = silo.Get<ISignInRunner>();

        runner.Ensure(Attempt());
        runner.Ensure(Attempt());
        authority.Steps.Writer.TryWrite(new SignInStep(Code(), null));
        await Heard(phones, "001565aabb01 RecordSignInCode ABCD-1234");
        runner.Ensure(Attempt());
        authority.Steps.Writer.TryWrite(new SignInStep(null, new SignInResultReport { AttemptId = "a1", User = new SignedInUser { UserId = "ann", DisplayName = "Ann" } }));
        await Heard(phones, "001565aabb01 CompleteSignIn ann");

        authority.Runs.Should().Be(1);
        phones.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task Ensure_AuthorityThrows_PhoneIsToldToTryAgain()
    {
        var phones = new PhoneScript();
        var authority = new ChannelAuthority();
        authority.Steps.Writer.Complete(new InvalidOperationException("broken"));
        await using var silo = await TestSilo.StartAsync(phones: phones, authority: authority);

        silo.Get<ISignInRunner>().Ensure(Attempt());

        await Heard(phones, "001565aabb01 CompleteSignIn The sign-in service did not answer. Try again.");
    }

    [Fact]
    public async Task Ensure_NoAuthority_PhoneIsTold()
    {
        var phones = new PhoneScript();
        await using var silo = await TestSilo.StartAsync(phones: phones);

        silo.Get<ISignInRunner>().Ensure(Attempt());

        await Heard(phones, "001565aabb01 CompleteSignIn Sign-in is not set up. Ask your administrator.");
    }

    [Fact]
    public async Task Stop_AttemptUnderWay_EndsItWithoutAReport()
    {
        var phones = new PhoneScript();
        var authority = new ChannelAuthority();
        var silo = await TestSilo.StartAsync(phones: phones, authority: authority);
        silo.Get<ISignInRunner>().Ensure(Attempt());
        await TestSilo.Until(() => Task.FromResult(authority.Runs == 1), "the authority was asked");

        await silo.DisposeAsync();

        authority.WasCancelled.Should().BeTrue();
        phones.Calls.Should().BeEmpty();
    }

    private static Task Heard(PhoneScript phones, string call) => TestSilo.Until(() => Task.FromResult(phones.Calls.Contains(call)), call);

    private static SignInAttempt Attempt() => new() { Mac = "001565aabb01", AttemptId = "a1", Tenant = "acme" };

    private static SignInCodeReport Code() => new()
    {
        AttemptId = "a1", VerificationUri = "https://gateway/signin", UserCode = "ABCD-1234", ExpiresAtUtc = DateTimeOffset.UnixEpoch,
    };

    /// <summary>An authority whose steps the test writes.</summary>
    private sealed class ChannelAuthority : ISignInAuthority
    {
        private int runs;

        public Channel<SignInStep> Steps { get; } = Channel.CreateUnbounded<SignInStep>();

        public int Runs => Volatile.Read(ref runs);

        public bool WasCancelled { get; private set; }

        public SignInAuthorityKind Kind => SignInAuthorityKind.Embedded;

        public async IAsyncEnumerable<SignInStep> RunAsync(
            SignInAttempt attempt,
            TenantSettings settings,
            [EnumeratorCancellation] CancellationToken cancellation)
        {
            Interlocked.Increment(ref runs);
            try
            {
                await foreach (var step in Steps.Reader.ReadAllAsync(cancellation)) yield return step;
            }
            finally
            {
                WasCancelled = cancellation.IsCancellationRequested;
            }
        }
    }
}
