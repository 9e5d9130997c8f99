using System.Threading.Channels;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal.Tests.Calls;

/// <summary>A watch whose other end the test writes. Each time it is opened it begins anew, and the token it was opened with is kept.</summary>
internal sealed class WrittenWatch
{
    private Channel<WatchDevicesResponse> stream = Channel.CreateUnbounded<WatchDevicesResponse>();

    public Channel<string> Opened { get; } = Channel.CreateUnbounded<string>();

    public AsyncServerStreamingCall<WatchDevicesResponse> Open(string token, CancellationToken cancellation)
    {
        stream = Channel.CreateUnbounded<WatchDevicesResponse>();
        Opened.Writer.TryWrite(token);
        return new AsyncServerStreamingCall<WatchDevicesResponse>(
            new Reader(stream.Reader), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    /// <returns>The token it was opened with.</returns>
    public async Task<string> OpenedAsync() => await Opened.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public void Write(params WatchDevicesResponse[] news) => Array.ForEach(news, one => stream.Writer.TryWrite(one));

    public void Sync(string token) => Write(new WatchDevicesResponse { Synced = true, ResumeToken = token });

    public void Change(string token, params Device[] devices) =>
        Write([.. devices.Select(device => new WatchDevicesResponse { Device = device }), new WatchDevicesResponse { ResumeToken = token }]);

    public void Break(StatusCode code) => stream.Writer.TryComplete(new RpcException(new Status(code, "broken by the test")));

    private sealed class Reader(ChannelReader<WatchDevicesResponse> news) : IAsyncStreamReader<WatchDevicesResponse>
    {
        public WatchDevicesResponse Current { get; private set; } = null!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await news.WaitToReadAsync(cancellationToken)) return false;
            Current = await news.ReadAsync(cancellationToken);
            return true;
        }
    }
}
