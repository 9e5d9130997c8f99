using Microsoft.AspNetCore.Components.Server.Circuits;

namespace SipGateway.Portal;

/// <summary>Whether a browser is at the other end: a page that nobody looks at asks nothing.</summary>
internal sealed class CircuitPresence : CircuitHandler
{
    /// <summary>Whether somebody is there.</summary>
    public bool IsThere { get; private set; } = true;

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsThere = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsThere = false;
        return Task.CompletedTask;
    }
}
