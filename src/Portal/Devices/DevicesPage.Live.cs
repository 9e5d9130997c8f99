using Microsoft.AspNetCore.Components;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>The list as it changes.</content>
public sealed partial class DevicesPage
{
    // At most two drawings a second: more, and nobody could read.
    private static readonly TimeSpan NewsPause = TimeSpan.FromMilliseconds(500);

    // A page that is read anew for what others changed takes at most a twentieth of the time from the inventory.
    private const int RestPerReading = 20;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private DeviceFollower? _follower;
    private long _readAt;
    private TimeSpan _rest = ShortestRest;

    [Inject]
    internal DeviceFeed Feed { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (firstRender)
        {
            _ = FollowNewsAsync();
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
            _follower = Life.IsCancellationRequested ? null : _follower ?? Feed.Join(watch);
        }
    }

    private void Follow(DeviceQuery query, TimeSpan took)
    {
        _readAt = Time.GetTimestamp();
        _rest = took * RestPerReading is var rest && rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest;
        _follower?.Show(_devices!.Select(d => d.Name), MayBelong(query, _devices!, _before.Count == 0, _next.Length == 0));
    }

    // In the order of MACs a phone beyond both ends of the page belongs to another page.
    private static Func<Device, bool> MayBelong(DeviceQuery query, IReadOnlyList<Device> page, bool isFirst, bool isLast)
    {
        var matches = query.Matcher();
        var isUp = query.OrderBy is "" or "mac";
        if ((!isUp && query.OrderBy != "mac desc") || page.Count == 0)
        {
            return matches;
        }

        var (low, high) = isUp ? (page[0].Mac, page[^1].Mac) : (page[^1].Mac, page[0].Mac);
        var (isOpenBelow, isOpenAbove) = isUp ? (isFirst, isLast) : (isLast, isFirst);
        return device => (isOpenBelow || string.CompareOrdinal(device.Mac, low) >= 0) && (isOpenAbove || string.CompareOrdinal(device.Mac, high) <= 0)
            && matches(device);
    }

    private async Task FollowNewsAsync()
    {
        using var timer = new PeriodicTimer(NewsPause, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Life))
            {
                if (Presence.IsThere && _follower is { } follower)
                {
                    await TakeNewsAsync(follower);
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

    private async Task TakeNewsAsync(DeviceFollower follower)
    {
        if (follower.Take() is { Count: > 0 } changed)
        {
            await InvokeAsync(async () =>
            {
                var isCounted = _devices?.Any(d => changed.TryGetValue(d.Name, out var now) && (now.Attention.Count == 0) != (d.Attention.Count == 0)) == true;
                _devices = _devices is null ? null : [.. _devices.Select(d => changed.GetValueOrDefault(d.Name, d))];
                if (isCounted)
                {
                    Trouble = await TryAsync(async () => _needing = await Admin.NeedingAttentionAsync(Life)) ?? Trouble;
                }

                StateHasChanged();
            });
        }

        if (follower.IsStale && Time.GetElapsedTime(_readAt) >= _rest)
        {
            await InvokeAsync(async () =>
            {
                await ReloadAsync();
                StateHasChanged();
            });
        }
    }
}
