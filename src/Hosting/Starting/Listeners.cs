using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SipGateway.Trust.Sides;

namespace SipGateway.Hosting;

/// <summary>The HTTP listeners of a process, each with the side that is on its other end.</summary>
public sealed class Listeners(ServerCertificates? certificates)
{
    private readonly List<(string Name, Action<KestrelServerOptions> Open)> added = [];
    private readonly Dictionary<string, ListenOptions> named = [];

    /// <summary>Provisioning over http, https, and https with the phone's certificate.</summary>
    /// <param name="options">Where.</param>
    /// <param name="secureSides">Who else may come over https.</param>
    public Listeners AddPhones(PhonesSideOptions options, params ReadOnlySpan<Side> secureSides)
    {
        Add("http", options.Bind, options.HttpPort, HttpProtocols.Http1, tls: null, Side.Phones);
        Add("https", options.Bind, options.HttpsPort, HttpProtocols.Http1AndHttp2, Tls(), [Side.Phones, .. secureSides]);
        return Add("mtls", options.Bind, options.MtlsPort, HttpProtocols.Http1, Tls(asksForCertificate: true), Side.Phones);
    }

    /// <summary>Portal and REST, gRPC.</summary>
    public Listeners AddAdmins(AdminsSideOptions options)
    {
        Add("admin", options.AdminBind, options.AdminPort, HttpProtocols.Http1, options.IsAdminTls ? Tls() : null, Side.Admin);
        return Add("grpc", options.AdminBind, options.GrpcPort, HttpProtocols.Http2, options.IsAdminTls ? Tls() : null, Side.Admin);
    }

    /// <summary>The sign-in page, over TLS.</summary>
    public Listeners AddPeople(IPAddress address, int port) => Add("people", address, port, HttpProtocols.Http1AndHttp2, Tls(), Side.People);

    /// <summary>Health and metrics.</summary>
    public Listeners AddOps(OpsSideOptions options) => Add("ops", options.Bind, options.Port, HttpProtocols.Http1, tls: null, Side.Ops);

    /// <summary>Tells Kestrel.</summary>
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // A phone's request is a line and a few headers; an import of 10,000 rows is under a megabyte.
        kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;

        // HTTP/2 rapid reset (CVE-2023-44487): a stream costs its opener more than it costs us.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
        foreach (var (_, open) in added)
        {
            open(kestrel);
        }
    }

    /// <summary>Where a listener really is, after port 0 was resolved.</summary>
    public IPEndPoint this[string name] => named[name].IPEndPoint!;

    /// <summary>How a part of this very process reaches a listener.</summary>
    public Uri AddressOf(string name, bool isTls)
    {
        var at = this[name];
        var host = at.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : at.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : at.Address;
        return new Uri($"{(isTls ? "https" : "http")}://{new IPEndPoint(host, at.Port)}");
    }

    /// <summary>All of them with their names, in the order in which they were added.</summary>
    public IEnumerable<(string Name, IPEndPoint EndPoint)> All => added.Select(a => (a.Name, this[a.Name]));

    private Listeners Add(
        string name, IPAddress address, int port, HttpProtocols protocols, TlsHandshakeCallbackOptions? tls, params Side[] sides)
    {
        added.Add((name, kestrel => kestrel.Listen(address, port, listener =>
        {
            listener.Protocols = protocols;
            listener.TagSides(sides);
            if (tls is not null)
            {
                listener.UseHttps(tls);
            }

            named[name] = listener;
        })));
        return this;
    }

    // Asked at each handshake, so that a renewed certificate counts from then on.
    private TlsHandshakeCallbackOptions Tls(bool asksForCertificate = false) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(15),
        OnConnection = handshake => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates!.Current,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            ClientCertificateRequired = asksForCertificate,

            // A resumed session shows no issuers again; and a phone boots seldom.
            AllowTlsResume = !asksForCertificate,
            CertificateChainPolicy = asksForCertificate ? TrustsNobody() : null,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => Keep(handshake.Connection, certificate, chain),
        }),
    };

    // What the stack builds of a stranger's certificate is thrown away: it shall ask nobody and take no time.
    private static X509ChainPolicy TrustsNobody() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    // Which vendor's certificate it is, and whether it fits the MAC, is judged by provisioning; an unknown one is no reason to hang up.
    private static bool Keep(ConnectionContext connection, X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not null)
        {
            connection.Features.Set(ShownChain.Of(certificate, chain));
        }

        return true;
    }
}
