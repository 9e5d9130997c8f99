using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SipGateway.Gateway.Certificates;
using SipGateway.Trust.Sides;

namespace SipGateway.Gateway;

/// <summary>The five HTTP listeners, each with the side that is on its other end.</summary>
internal sealed class Listeners(GatewayOptions options, ServerCertificates certificates)
{
    private readonly Dictionary<string, ListenOptions> named = [];

    /// <summary>Tells Kestrel.</summary>
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // A phone's request is a line and a few headers; an import of 10,000 rows is under a megabyte.
        kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;

        // HTTP/2 rapid reset (CVE-2023-44487): a stream costs its opener more than it costs us.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;

        Listen(kestrel, "http", options.Bind, options.HttpPort, HttpProtocols.Http1, tls: null, Side.Phones);
        Listen(kestrel, "https", options.Bind, options.HttpsPort, HttpProtocols.Http1AndHttp2, Tls(), Side.Phones, Side.People);
        Listen(kestrel, "mtls", options.Bind, options.MtlsPort, HttpProtocols.Http1, Tls(asksForCertificate: true), Side.Phones);
        Listen(kestrel, "admin", options.AdminBind, options.AdminPort, HttpProtocols.Http1, options.IsAdminTls ? Tls() : null, Side.Admin);
        Listen(kestrel, "grpc", options.AdminBind, options.GrpcPort, HttpProtocols.Http2, options.IsAdminTls ? Tls() : null, Side.Admin);
    }

    /// <summary>Where a listener really is, after port 0 was resolved.</summary>
    public IPEndPoint this[string name] => named[name].IPEndPoint!;

    private void Listen(
        KestrelServerOptions kestrel,
        string name,
        IPAddress address,
        int port,
        HttpProtocols protocols,
        TlsHandshakeCallbackOptions? tls,
        params Side[] sides) => kestrel.Listen(address, port, listener =>
        {
            listener.Protocols = protocols;
            listener.TagSides(sides);
            if (tls is not null)
            {
                listener.UseHttps(tls);
            }

            named[name] = listener;
        });

    // Asked at each handshake, so that a renewed certificate counts from then on.
    private TlsHandshakeCallbackOptions Tls(bool asksForCertificate = false) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(15),
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates.Current,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            ClientCertificateRequired = asksForCertificate,

            // Which vendor's certificate it is, and whether it fits the MAC, is judged by provisioning; an unknown one is no reason to hang up.
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is null || errors != SslPolicyErrors.RemoteCertificateNotAvailable,
        }),
    };
}
