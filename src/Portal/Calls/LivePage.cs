using Microsoft.AspNetCore.Components;

namespace SipGateway.Portal;

/// <summary>A part of a page that keeps itself up to date while somebody looks at it.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private CancellationTokenSource? _loading;

    [Inject]
    internal AdminClient Admin { get; set; } = null!;

    [Inject]
    internal CircuitPresence Presence { get; set; } = null!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    /// <summary>Where it leads.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Why what is shown is not fresh; null when it is.</summary>
    protected string? Trouble { get; set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Life => _life.Token;

    /// <summary>How often it looks again.</summary>
    protected virtual TimeSpan Every => TimeSpan.FromSeconds(2);

    /// <summary>Fetches what is shown.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => ReloadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = RepeatAsync();
        }
    }

    /// <summary>Fetches anew; what is under way is given up, so that an older answer never replaces a newer one.</summary>
    protected async Task ReloadAsync()
    {
        if (_loading is not null)
        {
            await _loading.CancelAsync();
        }

        using var mine = CancellationTokenSource.CreateLinkedTokenSource(_life.Token);
        _loading = mine;
        try
        {
            await LoadAsync(mine.Token);
            Trouble = null;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Somebody went on, or asked for something else.
        }
        catch (AdminFailure failure)
        {
            Trouble = failure.Message;
        }
        finally
        {
            if (_loading == mine)
            {
                _loading = null;
            }
        }
    }

    /// <summary>Runs a command; its refusal is told by the caller.</summary>
    /// <returns>Why it was refused; null when it was not.</returns>
    protected static async Task<string?> TryAsync(Func<Task> command)
    {
        try
        {
            await command();
            return null;
        }
        catch (AdminFailure failure)
        {
            return failure.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_life.IsCancellationRequested)
        {
            _life.Cancel();
            _life.Dispose();
        }
    }

    private async Task RepeatAsync()
    {
        var life = _life.Token;
        using var timer = new PeriodicTimer(Every, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(life))
            {
                if (Presence.IsThere && _loading is null)
                {
                    await InvokeAsync(async () =>
                    {
                        await ReloadAsync();
                        StateHasChanged();
                    });
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }
}
