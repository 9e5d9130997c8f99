using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Hosting;

namespace SipGateway.Hosting;

/// <summary>
/// Mutual TLS on every connection between the processes of a cluster, as middleware of Orleans' connections: both sides show a certificate of the
/// cluster's CA. Only a silo's opens the port that silos join by; an edge's does not.
/// </summary>
public static partial class ClusterTls
{
    // Two processes of one cluster are near each other.
    private static readonly TimeSpan HandshakeDeadline = TimeSpan.FromSeconds(5);

    // Above a TLS record of 16 KiB, so that a record is read in one piece.
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 20 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true);
    private static readonly StreamPipeWriterOptions Writing = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    /// <summary>All connections of a silo: to and from silos, and from clients.</summary>
    public static void UseClusterTls(this ISiloBuilder silo, ClusterCertificates certificates) => silo.Configure<SiloConnectionOptions>(options =>
    {
        options.ConfigureSiloInboundConnection(connection => Accept(connection, certificates, ClusterRole.Silo));
        options.ConfigureSiloOutboundConnection(connection => Dial(connection, certificates));
        options.ConfigureGatewayInboundConnection(connection => Accept(connection, certificates, needed: null));
    });

    /// <summary>The connections of a client to silos.</summary>
    public static void UseClusterTls(this IClientBuilder client, ClusterCertificates certificates) =>
        client.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(connection => Dial(connection, certificates)));

    private static void Accept(IConnectionBuilder connection, ClusterCertificates certificates, ClusterRole? needed) =>
        Use(connection, certificates, needed, (tls, refuses, cancellation) => tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificates.Current,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = refuses,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            cancellation));

    // Processes are known by what their certificate says they are, not by where they are: addresses of silos come and go.
    private static void Dial(IConnectionBuilder connection, ClusterCertificates certificates) =>
        Use(connection, certificates, ClusterRole.Silo, (tls, refuses, cancellation) => tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "silo",
                ClientCertificateContext = certificates.Current,
                RemoteCertificateValidationCallback = refuses,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            cancellation));

    private static void Use(
        IConnectionBuilder connection, ClusterCertificates certificates, ClusterRole? needed,
        Func<SslStream, RemoteCertificateValidationCallback, CancellationToken, Task> authenticate)
    {
        var logger = (connection.ApplicationServices.GetService(typeof(ILoggerFactory)) as ILoggerFactory)?.CreateLogger(typeof(ClusterTls).FullName!);
        connection.Use(next => async context =>
        {
            string? fault = null;
            var transport = context.Transport;
            await using var tls = new SslStream(new DuplexPipeStream(transport));
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.ConnectionClosed);
            deadline.CancelAfter(HandshakeDeadline);
            try
            {
                await authenticate(tls, (_, shown, _, _) => (fault = certificates.FaultOf(shown, needed)) is null, deadline.Token);
            }
            catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
            {
                if (logger is not null)
                {
                    LogRefused(logger, $"{context.RemoteEndPoint}", fault ?? $"no TLS came about: {e.Message}");
                }

                context.Abort();
                throw new ConnectionAbortedException(fault ?? "No TLS came about.", e);
            }

            context.Transport = new Pipes(PipeReader.Create(tls, Reading), PipeWriter.Create(tls, Writing));
            try
            {
                await next(context);
            }
            finally
            {
                context.Transport = transport;
            }
        });
    }

    [LoggerMessage(1, LogLevel.Warning, "A connection with {Peer} inside the cluster was refused: {Fault}")]
    private static partial void LogRefused(ILogger logger, string peer, string fault);

    private sealed class Pipes(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
