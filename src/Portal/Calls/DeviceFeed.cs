using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// What changes among the phones, heard once for all open pages of this process, and only while there is one. The watch runs under the session of one of the
/// pages; when that one closes, another takes it over where it stood. A page is shown only what it read under its own session before.
/// </summary>
internal sealed class DeviceFeed(TimeProvider time)
{
    // After a failure. The pages read anew by themselves in the meantime.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private DeviceFollower[] _followers = [];
    private string _resumeToken = "";
    private bool _isRunning;

    /// <summary>A page joins; it leaves by being disposed.</summary>
    public DeviceFollower Join(Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>> watch)
    {
        var follower = new DeviceFollower(watch, Leave);
        lock (_gate)
        {
            _followers = [.. _followers, follower];
            if (!_isRunning)
            {
                _isRunning = true;
                // Not on the page's own thread, which ends with the page.
                _ = Task.Run(RunAsync);
            }
        }

        return follower;
    }

    private void Leave(DeviceFollower follower)
    {
        lock (_gate)
        {
            _followers = [.. _followers.Where(f => f != follower)];
        }
    }

    private async Task RunAsync()
    {
        while (Leader() is { } leader)
        {
            try
            {
                await FollowAsync(leader);
            }
            catch (Exception e)
            {
                // Whatever broke it, it begins again. What was missed is read anew, unless the watch can go on where it stood.
                if (e is RpcException { StatusCode: not (StatusCode.Cancelled or StatusCode.Aborted) })
                {
                    _resumeToken = "";
                }
            }

            if (!leader.Life.IsCancellationRequested)
            {
                PutLast(leader);
                await Task.Delay(Pause, time);
            }
        }
    }

    private async Task FollowAsync(DeviceFollower leader)
    {
        var isResumed = _resumeToken.Length > 0;
        using var watch = leader.Watch(_resumeToken, leader.Life);
        await foreach (var news in watch.ResponseStream.ReadAllAsync(leader.Life))
        {
            foreach (var follower in _followers)
            {
                Tell(follower, news, isResumed);
            }

            if (news.ResumeToken.Length > 0)
            {
                _resumeToken = news.ResumeToken;
            }
        }
    }

    private static void Tell(DeviceFollower follower, WatchDevicesResponse news, bool isResumed)
    {
        switch (news.NewsCase)
        {
            case WatchDevicesResponse.NewsOneofCase.Device:
                follower.Hear(news.Device.Name, news.Device);
                break;
            case WatchDevicesResponse.NewsOneofCase.Removed:
                follower.Hear(news.Removed, null);
                break;
            case WatchDevicesResponse.NewsOneofCase.Synced when !isResumed:
                follower.Miss();
                break;
            default:
                break;
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
            (_isRunning, _resumeToken) = (false, "");
            return null;
        }
    }

    // A session that cannot watch shall not keep the others from it.
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
}
