using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests;

/// <summary>One phone's TCP or TLS connection: opened when there is something to say, and gone when its edge is.</summary>
internal sealed class LedgerStream(LedgerPhone phone, LedgerFleet fleet) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Stream? _stream;
    private int _edge = -1;

    /// <summary>The CA in a PEM file.</summary>
    public static X509Certificate2Collection Trust(string path)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(path);
        return found;
    }

    /// <summary>Says something; whatever goes wrong, the phone is told that its connection is gone.</summary>
    public async Task SendAsync(byte[] message, CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsCancellationRequested)
            return;
        try
        {
            if (_stream is null || _edge != phone.Edge)
                await OpenAsync(stop);
            await _stream!.WriteAsync(message, stop);
        }
        catch (Exception e) when (IsLoss(e))
        {
            Close();
            phone.Lose(fleet.NowMs);
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        _edge = phone.Edge;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(fleet.EdgeOf(phone), deadline.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _stream = new NetworkStream(socket, ownsSocket: true);
        if (phone.Transport == "TLS")
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "127.0.0.1",
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { fleet.Trusted[0] },
                    },
                },
                deadline.Token);
        }

        _ = ReadAsync(_stream, stop);
    }

    private async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        var buffer = new byte[SipLimits.Default.MaxMessageBytes];
        var filled = 0;
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(filled), stop) is var read and > 0)
            {
                filled += read;
                filled -= Take(buffer, filled, stop);
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Said below.
        }

        if (ReferenceEquals(stream, _stream) && !stop.IsCancellationRequested)
        {
            Close();
            phone.Lose(fleet.NowMs);
        }
    }

    /// <returns>How many octets are done with; the rest is at the beginning.</returns>
    private int Take(byte[] buffer, int filled, CancellationToken stop)
    {
        var consumed = 0;
        while (true)
        {
            // The message keeps slices of what it was read from.
            var result = SipParser.ParseStream(buffer.AsSpan(consumed, filled - consumed).ToArray(), SipLimits.Default);
            consumed += result.ConsumedBytes;
            if (result.Message is not { } message)
                break;
            if (fleet.On(message) is { } answer)
                _ = SendAsync(answer, stop);
        }

        buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
        return consumed;
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private static bool IsLoss(Exception e) =>
        e is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
