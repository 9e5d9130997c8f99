using Microsoft.AspNetCore.Components.Server.Circuits;

namespace SipGateway.Portal;

/// <summary>Whether a browser is at the other end: a page that nobody looks at asks nothing.</summary>
internal sealed class CircuitPresence : CircuitHandler
{
    private volatile TaskCompletionSource? _away;

    /// <summary>Whether somebody is there.</summary>
    public bool IsThere => _away is null;

    /// <summary>Waits until somebody is there.</summary>
    public Task WhenThereAsync(CancellationToken cancellation) => _away?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _away, null)?.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.CompareExchange(ref _away, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
        return Task.CompletedTask;
    }
}
