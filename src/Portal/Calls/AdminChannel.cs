using System.Net.Security;
using Grpc.Core;
using Grpc.Net.Client;

namespace SipGateway.Portal;

/// <summary>The one connection to the admin API of this process.</summary>
internal sealed class AdminChannel(PortalOptions options) : IDisposable
{
    private readonly Lazy<GrpcChannel> _channel = new(() => GrpcChannel.ForAddress(options.Api(), new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                // Its name is that of the phones' side; what counts is that it is the very certificate of this process.
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown is not null && options.ApiCertificate() is { } own && own.GetRawCertData().AsSpan().SequenceEqual(shown.GetRawCertData()),
            },
        },
    }));

    /// <summary>What clients call through.</summary>
    public CallInvoker Invoker => _channel.Value.CreateCallInvoker();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_channel.IsValueCreated)
        {
            _channel.Value.Dispose();
        }
    }
}
