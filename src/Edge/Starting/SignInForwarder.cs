using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace SipGateway.Edge;

/// <summary>Passes the sign-in page on to the admin API: people come to the edge's name, and no password stays here.</summary>
internal static class SignInForwarder
{
    // A page that a person waits for.
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>Maps the page.</summary>
    /// <param name="app">The edge.</param>
    /// <param name="upstream">The admin API's address for people.</param>
    /// <param name="ca">PEM file with the CA to trust there; empty: the system's alone.</param>
    public static IEndpointConventionBuilder MapSignInForwarder(this IEndpointRouteBuilder app, Uri upstream, string ca) =>
        app.MapForwarder("/signin/{**rest}", upstream.ToString().TrimEnd('/'), Patience, new AsItCame(), Client(ca));

    private static HttpMessageInvoker Client(string ca)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
        };
        if (ca.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(ca);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return new HttpMessageInvoker(handler);
    }

    // The page names itself by the host that the person typed, and slows tries down by where they come from.
    private sealed class AsItCame : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
            proxyRequest.Headers.Remove("X-Forwarded-For");
            proxyRequest.Headers.Add("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        }
    }
}
