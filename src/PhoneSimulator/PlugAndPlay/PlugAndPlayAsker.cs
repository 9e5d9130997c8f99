using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Looks for a provisioning server by multicast: SUBSCRIBE to the group, and the first NOTIFY says where (SIP PnP).</summary>
internal sealed class PlugAndPlayAsker(PhoneOptions options)
{
    // As Grandstream's guide has it; others ask as often.
    private const int Attempts = 5;
    private const int MaxDatagramBytes = 4096;

    private static readonly IPAddress Group = new([224, 0, 1, 75]);

    private bool isAccepted;

    /// <summary>Asks.</summary>
    /// <returns>Null when nobody said where, or the phone asks nobody.</returns>
    public async Task<Uri?> AskAsync(CancellationToken cancellation)
    {
        if (options.PlugAndPlayAddress is not { } address || options.Dialect.PlugAndPlay(options) is not { } words)
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address.GetAddressBytes());
        var callId = Tokens.CallId(address);
        var subscribe = words.Subscribe(options, (IPEndPoint)socket.LocalEndPoint!, Group, callId);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Once it is accepted the NOTIFY is waited for, and nothing repeated.
            if (!isAccepted)
            {
                await socket.SendToAsync(subscribe, new IPEndPoint(Group, options.PlugAndPlayPort), cancellation).ConfigureAwait(false);
            }

            if (await HearAsync(socket, callId, cancellation).ConfigureAwait(false) is { } url)
            {
                return url;
            }
        }

        return null;
    }

    private async Task<Uri?> HearAsync(Socket socket, string callId, CancellationToken cancellation)
    {
        using var pause = new CancellationTokenSource(options.PlugAndPlayPause, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, pause.Token);
        var buffer = new byte[MaxDatagramBytes];
        try
        {
            while (true)
            {
                var heard = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), either.Token).ConfigureAwait(false);
                var message = SipParser.ParseDatagram(buffer.AsMemory(0, heard.ReceivedBytes), SipLimits.Default).Message;
                if (message?.CallId != callId)
                {
                    continue;
                }

                isAccepted |= message is SipResponse { StatusCode: 200 };
                if (message is SipRequest request && request.Method == SipMethod.Notify && UrlIn(request) is { } url)
                {
                    var ok = SipResponseBuilder.For(request, 200, source: (IPEndPoint)heard.RemoteEndPoint).Build();
                    await socket.SendToAsync(ok, heard.RemoteEndPoint, cancellation).ConfigureAwait(false);
                    return url;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    // What stands behind the last slash is a file's name, which the phone makes by itself.
    private static Uri? UrlIn(SipRequest notify) =>
        notify.Event?.Type == "ua-profile" && notify.ContentType?.ToString() == "application/url"
            && Uri.TryCreate(Encoding.UTF8.GetString(notify.Body.Span).Trim(), UriKind.Absolute, out var url)
            ? new Uri(url, ".")
            : null;
}
