using System.Net;
using System.Net.Sockets;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>An enrolled phone that is switched on now.</summary>
internal sealed class LonePhone : IDisposable
{
    private const int RestMs = 3_600_000;

    private readonly Socket _socket;
    private readonly LedgerPhone _phone;
    private readonly IPEndPoint _edge;
    private readonly LedgerCounts _counts = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public LonePhone(int number, TestCluster cluster, IPEndPoint through)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(cluster.Here, 0));
        _edge = through;
        _phone = new LedgerPhone(number, cluster.Keys, cluster.SipDomain, (IPEndPoint)_socket.LocalEndPoint!, edgeCount: 1, LedgerPhone.TimerFMs);
    }

    public string Mac => _phone.Mac;

    /// <summary>Registers until it is told that it is, whatever else it is told meanwhile.</summary>
    public async Task<bool> RegisterUntilDoneAsync(TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < patience)
        {
            if (await RegisterAsync(patience - TimeProvider.System.GetElapsedTime(began)) is { StatusCode: 200 })
                return true;
        }

        return false;
    }

    /// <summary>Registers once, with retransmissions; returns the answer that is no challenge, or null after this time.</summary>
    public async Task<SipResponse?> RegisterAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        var buffer = new byte[4096];
        _phone.WakeUp();
        try
        {
            while (true)
            {
                if (_phone.Due(NowMs) is { } due)
                    await _socket.SendToAsync(due, _edge, deadline.Token);
                using var tick = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
                tick.CancelAfter(100);
                if (await ReceiveAsync(buffer, tick.Token) is not { } response)
                    continue;
                if (_phone.On(response, NowMs, RestMs, _counts) is { } next)
                    await _socket.SendToAsync(next, _edge, deadline.Token);
                else if (response.StatusCode != 401)
                    return response;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Registers, and the datagram with the credentials reaches another edge at the same instant, as a balancer's retransmission may.</summary>
    /// <returns>The answers of both.</returns>
    public async Task<List<SipResponse>> RegisterAtBothAsync(IPEndPoint other, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        var buffer = new byte[4096];
        await _socket.SendToAsync(_phone.Due(NowMs)!, _edge, deadline.Token);
        var challenge = await ReceiveAsync(buffer, deadline.Token);
        challenge!.StatusCode.Should().Be(401);
        var credentials = _phone.On(challenge, NowMs, RestMs, _counts)!;
        await _socket.SendToAsync(credentials, _edge, deadline.Token);
        await _socket.SendToAsync(credentials, other, deadline.Token);
        var answers = new List<SipResponse>();
        while (answers.Count < 2 && await ReceiveAsync(buffer, deadline.Token) is { } answer)
            answers.Add(answer);
        return answers;
    }

    private long NowMs => (long)TimeProvider.System.GetElapsedTime(_began).TotalMilliseconds;

    public void Dispose() => _socket.Dispose();

    private async Task<SipResponse?> ReceiveAsync(byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), cancellation);
            return SipParser.ParseDatagram(buffer.AsMemory(0, received.ReceivedBytes).ToArray(), SipLimits.Default).Message as SipResponse;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
