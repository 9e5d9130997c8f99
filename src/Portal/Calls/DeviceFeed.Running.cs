using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace SipGateway.Portal;

/// <content>How the watch is kept up: by whom, and what happens when it breaks.</content>
internal sealed partial class DeviceFeed
{
    private async Task RunAsync()
    {
        var patience = new FeedPatience();
        while (Leader() is { } leader)
        {
            try
            {
                await FollowAsync(leader, patience);
            }
            catch (Exception) when (leader.Life.IsCancellationRequested)
            {
                // Its page was closed; another carries on.
            }
            catch (Exception failure)
            {
                await RecoverAsync(leader, failure, patience);
            }
        }
    }

    // Whatever broke it, it begins again: with another session at once when one was refused, else after a rest.
    private async Task RecoverAsync(DeviceFollower leader, Exception failure, FeedPatience patience)
    {
        var code = failure is RpcException { StatusCode: var status } ? status
            : failure is OperationCanceledException ? StatusCode.DeadlineExceeded : StatusCode.Unknown;
        _failures.Add(1, new KeyValuePair<string, object?>("error.type", code.ToString()));
        if (!FeedPatience.KeepsPlace(code))
        {
            _resumeToken = "";
        }

        // A session that cannot watch shall not keep the others from it.
        PutLast(leader);
        if (patience.TriesNext(code, Followers))
        {
            LogSessionRefused(code);
            return;
        }

        var rest = patience.NextRest();
        LogBroken(code, rest.TotalSeconds, failure);
        await RestAsync(rest);
    }

    private async Task RestAsync(TimeSpan rest)
    {
        using var resting = new CancellationTokenSource();
        lock (_gate)
        {
            _resting = resting;
        }

        SetLive(false);
        await Task.Delay(rest, _time, resting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _resting = null;
        }
    }

    private DeviceFollower? Leader()
    {
        lock (_gate)
        {
            if (_followers is [var first, ..])
            {
                return first;
            }

            // Nobody knows what happens from here on.
            (_isRunning, _resumeToken, _isLive) = (false, "", true);
            return null;
        }
    }

    private void PutLast(DeviceFollower leader)
    {
        lock (_gate)
        {
            if (_followers.Contains(leader))
            {
                _followers = [.. _followers.Where(f => f != leader), leader];
            }
        }
    }

    [LoggerMessage(5401, LogLevel.Warning,
        "Open pages are not told what changes: the watch of devices broke ({Code}). It is tried again in {Seconds} s; pages say so, and read anew meanwhile.")]
    private partial void LogBroken(StatusCode code, double seconds, Exception failure);

    [LoggerMessage(5402, LogLevel.Debug, "The session that watched devices for all open pages was refused ({Code}); another page's carries on.")]
    private partial void LogSessionRefused(StatusCode code);
}

/// <summary>How long a watch that breaks is waited for.</summary>
internal sealed class FeedPatience
{
    /// <summary>A watch tells of itself every minute; one that is silent for longer than two is broken, though nobody said so.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(150);

    /// <summary>After the first failure; each further one doubles it.</summary>
    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    /// <summary>Pages are read anew as often by themselves.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private TimeSpan _rest = FirstRest;
    private int _refused;

    /// <summary>Whether the place in the stream is still good after a failure; what was missed is told then, and no page has to be read anew.</summary>
    public static bool KeepsPlace(StatusCode code) => IsRefusal(code)
        || code is StatusCode.Cancelled or StatusCode.Aborted or StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted;

    /// <summary>It works.</summary>
    public void Restore() => (_rest, _refused) = (FirstRest, 0);

    /// <summary>Whether it was the session that was refused, and there are others that were not tried.</summary>
    public bool TriesNext(StatusCode code, int sessions) => IsRefusal(code) && ++_refused < sessions;

    /// <summary>How long to rest now.</summary>
    public TimeSpan NextRest()
    {
        var rest = _rest;
        _rest = _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
        _refused = 0;
        return rest;
    }

    private static bool IsRefusal(StatusCode code) => code is StatusCode.Unauthenticated or StatusCode.PermissionDenied;
}
