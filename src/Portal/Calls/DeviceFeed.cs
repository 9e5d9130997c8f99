using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// What changes among the phones, heard once for all open pages of this process, and only while there is one. The watch runs under the session of one of the
/// pages; when that one closes, another takes it over where it stood. A page is shown only what it read under its own session before.
/// </summary>
internal sealed partial class DeviceFeed
{
    /// <summary>The counter of watches that broke.</summary>
    public const string FailuresName = "sipgateway.portal.feed_failures";

    /// <summary>Pages are told at most four times a second: a person sees nothing sooner, and however much changes, a page costs four calls.</summary>
    public static readonly TimeSpan TellPause = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly ILogger<DeviceFeed> _logger;
    private readonly Counter<long> _failures;
    private readonly Lock _gate = new();
    private DeviceFollower[] _followers = [];
    private CancellationTokenSource? _resting;
    private string _resumeToken = "";
    private bool _isRunning;
    private bool _isLive = true;

    /// <summary>One for the process.</summary>
    public DeviceFeed(TimeProvider time, ILogger<DeviceFeed> logger, IMeterFactory meters)
    {
        (_time, _logger) = (time, logger);
        _failures = meters.Create("SipGateway.Portal").CreateCounter<long>(FailuresName, "{watch}", "Watches for open pages that broke, by how.");
    }

    /// <summary>Lists that are open now.</summary>
    public int Followers => _followers.Length;

    /// <summary>A page joins; it leaves by being disposed.</summary>
    public DeviceFollower Join(Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>> watch)
    {
        var follower = new DeviceFollower(watch, Leave);
        lock (_gate)
        {
            _followers = [.. _followers, follower];
            follower.SetLive(_isLive);
            if (!_isRunning)
            {
                _isRunning = true;
                // Not on the page's own thread, which ends with the page.
                _ = Task.Run(RunAsync);
            }

            // A session that just came may do what those before it could not.
            _ = _resting?.CancelAsync();
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

    private async Task FollowAsync(DeviceFollower leader, FeedPatience patience)
    {
        var isResumed = _resumeToken.Length > 0;
        using var silence = new CancellationTokenSource(FeedPatience.LongestSilence, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(leader.Life, silence.Token);
        using var watch = leader.Watch(_resumeToken, end.Token);
        var heard = new Dictionary<string, Device?>(StringComparer.Ordinal);
        await foreach (var news in watch.ResponseStream.ReadAllAsync(end.Token))
        {
            if (news.NewsCase == WatchDevicesResponse.NewsOneofCase.Device)
            {
                heard[news.Device.Name] = news.Device;
            }
            else if (news.NewsCase == WatchDevicesResponse.NewsOneofCase.Removed)
            {
                heard[news.Removed] = null;
            }

            if (news.ResumeToken.Length == 0)
            {
                continue;
            }

            // All of one reading was told: the pages get it together, and more waits for its turn in the stream.
            silence.CancelAfter(FeedPatience.LongestSilence);
            Tell(heard, hasGap: news.Synced && !isResumed);
            _resumeToken = news.ResumeToken;
            patience.Restore();
            SetLive(true);
            heard = new Dictionary<string, Device?>(StringComparer.Ordinal);
            await Task.Delay(TellPause, _time, end.Token);
        }

        // Nothing ends it but the gateway's going.
        throw new RpcException(new Status(StatusCode.Unavailable, "The watch ended."));
    }

    private void Tell(Dictionary<string, Device?> heard, bool hasGap)
    {
        if (heard.Count == 0 && !hasGap)
        {
            return;
        }

        var news = new DeviceNews(heard, hasGap);
        foreach (var follower in _followers)
        {
            follower.Hear(news);
        }
    }

    private void SetLive(bool isLive)
    {
        lock (_gate)
        {
            if (_isLive != isLive)
            {
                _isLive = isLive;
                Array.ForEach(_followers, follower => follower.SetLive(isLive));
            }
        }
    }
}
