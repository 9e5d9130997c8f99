using Microsoft.AspNetCore.Components;

namespace SipGateway.Portal;

/// <summary>Shows what is inside while the session stands.</summary>
public sealed partial class SessionGate
{
    private readonly CancellationTokenSource _life = new();
    private bool _hasEnded;

    /// <summary>The page.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    internal AdminClient Admin { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = WatchAsync(_life.Token);
        }
    }

    private async Task WatchAsync(CancellationToken life)
    {
        using var timer = new PeriodicTimer(Options.SessionJudgePause, Time);
        try
        {
            while (!_hasEnded && await timer.WaitForNextTickAsync(life))
            {
                if (!await Admin.HasSessionAsync(life))
                {
                    // What is inside ends here, whatever the browser does with the way to the sign-in page.
                    _hasEnded = true;
                    await InvokeAsync(StateHasChanged);
                    await InvokeAsync(Admin.GoToSignIn);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (Exception e)
        {
            // Nobody can tell any more whether the session stands: the page breaks, and is not left open.
            await DispatchExceptionAsync(e);
        }
    }
}
