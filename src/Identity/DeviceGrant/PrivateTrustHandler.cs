using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Identity;

/// <summary>An HTTP handler that may connect elsewhere than the name says, and trusts private CAs for that name.</summary>
internal static class PrivateTrustHandler
{
    public static SocketsHttpHandler Create(Func<EndPoint>? connectTo, Func<X509Certificate2Collection>? roots)
    {
        var handler = new SocketsHttpHandler
        {
            // Proxies of the environment are for the world outside, not for ourselves.
            UseProxy = connectTo is null && roots is null,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (connectTo is not null)
        {
            handler.ConnectCallback = async (_, cancellation) => await ConnectAsync(connectTo(), cancellation);
        }

        if (roots is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || IsOurs(certificate, chain, errors, roots());
        }

        return handler;
    }

    private static async Task<Stream> ConnectAsync(EndPoint target, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The name must fit in any case; only the anchor of the chain may be ours.
    private static bool IsOurs(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1"));
        foreach (var element in sent?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }
}
