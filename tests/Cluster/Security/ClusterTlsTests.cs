using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;

namespace SipGateway.Cluster.Tests.Security;

/// <summary>A cluster that nothing happens to.</summary>
public sealed class QuietCluster : IAsyncLifetime
{
    public TestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync(phones: 1);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}

/// <summary>One such cluster for all who do nothing to it.</summary>
[CollectionDefinition]
public sealed class OneQuietCluster : ICollectionFixture<QuietCluster>;

/// <summary>Who may speak with a silo: real silos, and strangers at their ports.</summary>
[Collection<OneQuietCluster>]
public sealed class ClusterTlsTests(QuietCluster quiet)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Silo_Ports_AreOpenToTheClustersCertificatesAlone()
    {
        var cluster = quiet.Cluster;
        var strangers = Directory.CreateTempSubdirectory("strangers");
        try
        {
            var (silo, gateway) = await PortsAsync(cluster);
            var foreign = Path.Combine(strangers.FullName, "foreign.pem");
            PrivateCa.LoadOrCreate(DataDirectory.Open(strangers.FullName), TimeProvider.System).WriteClusterCertificate(foreign, ClusterRole.Silo);

            (await IsServedAsync(gateway, cluster.Files.ClusterCertificate(ClusterRole.Client))).Should().BeTrue("an edge calls grains");
            (await IsServedAsync(gateway, cluster.Files.ClusterCertificate(ClusterRole.Silo))).Should().BeTrue();
            (await IsServedAsync(silo, cluster.Files.ClusterCertificate(ClusterRole.Silo))).Should().BeTrue("silos join each other");
            (await IsServedAsync(silo, cluster.Files.ClusterCertificate(ClusterRole.Client))).Should().BeFalse("an edge is no silo");
            foreach (var port in new[] { silo, gateway })
            {
                (await IsServedAsync(port, foreign)).Should().BeFalse("another CA's certificate counts for nothing");
                (await IsServedAsync(port, certificate: null)).Should().BeFalse("nothing shown is nobody");
                (await EndsInClearAsync(port)).Should().BeTrue("nothing is served in clear");
            }

            cluster.Words.Should().Contain("inside the cluster was refused", "the operator is told");
            using var admin = new RetryingAdmin(cluster);
            (await admin.GetAsync("v1/tenants/default/devices", Patience)).Should().NotBeNull("the cluster serves on");
        }
        finally
        {
            strangers.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Client_OfAnotherCa_NeverConnects_AndOneOfOursDoes()
    {
        var cluster = quiet.Cluster;
        var strangers = Directory.CreateTempSubdirectory("strangers");
        try
        {
            var ca = PrivateCa.LoadOrCreate(DataDirectory.Open(strangers.FullName), TimeProvider.System);
            var foreign = Path.Combine(strangers.FullName, "foreign.pem");
            ca.WriteClusterCertificate(foreign, ClusterRole.Client);

            (await ConnectsAsync(cluster, ClusterCertificates.Open(
                foreign, Path.Combine(strangers.FullName, "ca.crt"), TimeProvider.System), Patience)).Should().BeFalse();
            (await ConnectsAsync(cluster, certificates: null, Patience)).Should().BeFalse("in clear nobody is heard");
            (await ConnectsAsync(cluster, ClusterCertificates.Open(
                cluster.Files.ClusterCertificate(ClusterRole.Client), cluster.Files.ClusterCa, TimeProvider.System), 4 * Patience)).Should().BeTrue();
        }
        finally
        {
            strangers.Delete(recursive: true);
        }
    }

    private static async Task<(int Silo, int Gateway)> PortsAsync(TestCluster cluster)
    {
        await using var database = cluster.Database();
        await using var command = database.CreateCommand("SELECT port, proxyport FROM cluster_silo WHERE status = 3 LIMIT 1");
        await using var row = await command.ExecuteReaderAsync();
        (await row.ReadAsync()).Should().BeTrue();
        return (row.GetInt32(0), row.GetInt32(1));
    }

    // Over TLS 1.3 a client learns that its certificate was refused by what it reads afterwards: a silo that believes it waits for its first words.
    private static async Task<bool> IsServedAsync(int port, string? certificate)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "silo",
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                ClientCertificateContext = certificate is null
                    ? null
                    : SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate), null, offline: true),
            });
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            return await tls.ReadAsync(new byte[1], deadline.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> EndsInClearAsync(int port)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        var stream = tcp.GetStream();
        try
        {
            await stream.WriteAsync(new byte[64]);
            using var deadline = new CancellationTokenSource(2 * Patience);
            while (await stream.ReadAsync(new byte[256], deadline.Token) > 0)
            {
                // An alert of TLS may precede the end.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task<bool> ConnectsAsync(TestCluster cluster, ClusterCertificates? certificates, TimeSpan patience)
    {
        await using var database = cluster.Database();
        var access = new ClusterAccess
        {
            ClusterId = "sipgateway", Database = new Storage.PostgresOptions { ConnectionString = "" }, MasterKey = "", Certificates = certificates,
        };
        await using var connection = ClusterConnection.Create(access, database, TimeSpan.FromSeconds(4), client => client.Services.AddGrainExceptions());
        await connection.StartAsync(CancellationToken.None);
        var isConnected = await Task.WhenAny(connection.Connected, Task.Delay(patience)) == connection.Connected;
        await connection.StopAsync(CancellationToken.None);
        return isConnected;
    }
}
