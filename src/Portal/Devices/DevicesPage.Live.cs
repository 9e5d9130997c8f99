using Microsoft.AspNetCore.Components;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>The list as it changes.</content>
public sealed partial class DevicesPage
{
    // A page that is read anew for what others changed takes at most a twentieth of the time from the inventory, and all open pages together a quarter.
    private const int RestPerReading = 20;
    private const int RestPerReadingAndPage = 4;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private DeviceFollower? _follower;
    private DeviceRows? _rows;
    private long _readAt;
    private TimeSpan _rest = ShortestRest;
    private bool _isRereading;
    private bool _isLive = true;

    [Inject]
    internal DeviceFeed Feed { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (firstRender)
        {
            _ = RecallColumnsAsync();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _follower?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Before the first reading, so that nothing that happens between the two is missed.
    private async Task JoinAsync()
    {
        if (_follower is null)
        {
            var watch = await Admin.WatchAsync();
            if (_follower is null && !Life.IsCancellationRequested)
            {
                _follower = Feed.Join(watch);
                _ = FollowNewsAsync(_follower);
            }
        }
    }

    private void Follow(DeviceQuery query, TimeSpan took)
    {
        _readAt = Time.GetTimestamp();
        var rest = took * Math.Max(RestPerReading, RestPerReadingAndPage * Feed.Followers);
        _rest = rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest;
        _follower?.Show(_devices!, DeviceWindow.Of(query, _devices!, _before.Count == 0, _next.Length == 0));
    }

    private Task FollowNewsAsync(DeviceFollower follower) => WhileOpenAsync(async () =>
    {
        while (true)
        {
            await follower.Heard.WaitAsync(Life);
            await Presence.WhenThereAsync(Life);
            await InvokeAsync(() => TakeNews(follower));
        }
    });

    private void TakeNews(DeviceFollower follower)
    {
        var tidings = follower.Take();
        if (tidings.Changed.Count > 0 && _devices is not null)
        {
            var isCounted = _devices.Any(d => tidings.Changed.TryGetValue(d.Name, out var now) && (now.Attention.Count == 0) != (d.Attention.Count == 0));
            _devices = [.. _devices.Select(d => tidings.Changed.GetValueOrDefault(d.Name, d))];
            _rows?.Show(_devices);
            if (isCounted)
            {
                _ = RecountAsync();
            }
        }

        if (tidings.IsStale && !_isRereading)
        {
            _isRereading = true;
            _ = RereadAsync();
        }

        if (tidings.IsLive != _isLive)
        {
            _isLive = tidings.IsLive;
            StateHasChanged();
        }
    }

    // How many need a person, where one of this page began or ceased to.
    private Task RecountAsync() => WhileOpenAsync(async () =>
    {
        Trouble = await TryAsync(async () => _needing = await Admin.NeedingAttentionAsync(Life)) ?? Trouble;
        StateHasChanged();
    });

    private Task RereadAsync() => WhileOpenAsync(async () =>
    {
        if (_rest - Time.GetElapsedTime(_readAt) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, Time, Life);
        }

        await Presence.WhenThereAsync(Life);
        (_isRereading, _readAt) = (false, Time.GetTimestamp());
        await InvokeAsync(ReloadAsync);
        await InvokeAsync(StateHasChanged);
    });

    // What goes on beside the page ends with it; what breaks there breaks the page, and is not lost.
    private async Task WhileOpenAsync(Func<Task> work)
    {
        try
        {
            await work();
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
