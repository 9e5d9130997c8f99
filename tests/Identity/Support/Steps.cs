using SipGateway.Grains.Interfaces;

namespace SipGateway.Identity.Tests;

/// <summary>Walks through the steps of a sign-in with a deadline.</summary>
public sealed class Steps : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource stop = new();
    private readonly IAsyncEnumerator<SignInStep> steps;

    public Steps(ISignInAuthority authority, SignInAttempt attempt, TenantSettings? settings = null) =>
        steps = authority.RunAsync(attempt, settings ?? new(), stop.Token).GetAsyncEnumerator();

    public static SignInAttempt Attempt(string id = "attempt-1") => new()
    {
        Mac = "001565aabbcc", AttemptId = id, Tenant = "contoso", Model = "SIP-T46U", Network = "192.0.2.17",
    };

    public async Task<SignInCodeReport> CodeAsync() => (await NextAsync()).Code ?? throw new InvalidOperationException("The step is no code.");

    public async Task<SignInResultReport> ResultAsync()
    {
        var step = await NextAsync();
        var result = step.Result ?? throw new InvalidOperationException("The step is no result.");
        (await steps.MoveNextAsync().AsTask().WaitAsync(Deadline)).Should().BeFalse("a result is the last step");
        return result;
    }

    public async Task<SignInStep> NextAsync()
    {
        (await steps.MoveNextAsync().AsTask().WaitAsync(Deadline)).Should().BeTrue("another step is due");
        return steps.Current;
    }

    /// <summary>What a process that dies does to its attempts.</summary>
    public async Task AbandonAsync(Task<SignInStep> pending)
    {
        await stop.CancelAsync();
        await pending.Invoking(p => p).Should().ThrowAsync<OperationCanceledException>();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await steps.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A step is still being waited for; its cancellation ends it.
        }

        stop.Dispose();
    }
}
