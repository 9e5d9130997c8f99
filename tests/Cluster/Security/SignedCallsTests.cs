using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;

namespace SipGateway.Cluster.Tests.Security;

/// <summary>An edge that somebody took over: its certificate, its master key and its database role, and grains to call.</summary>
[Collection<OneQuietCluster>]
public sealed class SignedCallsTests(QuietCluster quiet)
{
    private const string Mac = "0015650000f1";
    private static readonly AdminContext Forged = new() { Tenant = "default", Actor = "admin-key:forged", CommandId = "forged" };

    [Fact]
    public async Task Edge_TakenOver_ServesPhonesAndCommandsNone()
    {
        await using var database = EdgesDatabase(quiet.Cluster);
        await using var edge = await ConnectAsync(quiet.Cluster, database);
        var device = edge.Grains.GetGrain<IDeviceGrain>(Mac);
        Func<Task>[] commands =
        [
            () => device.Claim(new ClaimCommand { Context = Forged }),
            () => device.GenerateCode(Forged),
            () => device.Get("default"),
            () => device.Restart(Forged),
            () => device.Delete(Forged),
            () => device.SignOut(new SignOutCommand { Admin = Forged }),
            () => device.StartSignIn(new StartSignInCommand { Admin = Forged }),
            () => device.AssignUser(new AssignUserCommand { Context = Forged, UserId = "ada" }),
            () => edge.Grains.GetGrain<IUserGrain>("default/ada").VerifyPassword("guess"),
            () => edge.Grains.GetGrain<ITenantGrain>("default").SetSettings(Forged, new TenantSettings()),
        ];

        foreach (var command in commands)
        {
            await command.Should().ThrowAsync<UnauthorizedAccessException>().WithMessage("*silos and the admin API*");
        }

        (await device.SignOut(new SignOutCommand { ScreenTokenRandom = "of-no-screen" })).Status.Should().NotBe(CommandStatus.Done, "a phone may ask");
        (await device.GetSignIn()).Progress.Should().Be(SignInProgress.None);
        using var admin = new RetryingAdmin(quiet.Cluster);
        (await admin.GetAsync("v1/tenants/default/auditEvents", TimeSpan.FromSeconds(5)))!.ToString().Should().NotContain("forged");
        quiet.Cluster.Words.Should().Contain("was refused. When it is an edge");
    }

    [Fact]
    public async Task Edge_TakenOver_CannotReadTheOtherHalfOfTheKey()
    {
        await using var database = EdgesDatabase(quiet.Cluster);
        await using var read = database.CreateCommand("SELECT value FROM setting");

        await read.Invoking(r => r.ExecuteScalarAsync()).Should().ThrowAsync<PostgresException>().Where(e => e.SqlState == PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Database_SpeaksTlsOnly_AndIsKnownByTheClustersCa()
    {
        var cluster = quiet.Cluster;
        var clear = new NpgsqlConnectionStringBuilder(cluster.Postgres.ConnectionString("sipgateway")) { SslMode = SslMode.Disable, RootCertificate = null };
        var foreign = new NpgsqlConnectionStringBuilder(cluster.Postgres.ConnectionString("sipgateway")) { RootCertificate = cluster.Files.CaCertificate };

        await Opening(clear).Should().ThrowAsync<PostgresException>().WithMessage("*no encryption*");
        await Opening(foreign).Should().ThrowAsync<NpgsqlException>("another CA's server is not this cluster's");
        await using var database = cluster.Database();
        await using var inClear = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.client_port IS NOT NULL AND NOT s.ssl");
        (await inClear.ExecuteScalarAsync()).Should().Be(0L);
    }

    private static Func<Task> Opening(NpgsqlConnectionStringBuilder text) => async () =>
    {
        await using var connection = new NpgsqlConnection(text + ";Pooling=false");
        await connection.OpenAsync();
    };

    private static NpgsqlDataSource EdgesDatabase(TestCluster cluster) =>
        NpgsqlDataSource.Create(File.ReadAllText(cluster.Files.Database("edge")).Trim());

    private static async Task<ClusterConnection> ConnectAsync(TestCluster cluster, NpgsqlDataSource database)
    {
        var access = new ClusterAccess
        {
            ClusterId = "sipgateway", Database = new Storage.PostgresOptions { ConnectionString = "" }, MasterKey = "",
            Certificates = ClusterCertificates.Open(cluster.Files.ClusterCertificate(ClusterRole.Client), cluster.Files.ClusterCa, TimeProvider.System),
        };
        var connection = ClusterConnection.Create(access, database, TimeSpan.FromSeconds(4), client => client.Services.AddGrainExceptions());
        await connection.StartAsync(CancellationToken.None);
        await connection.Connected.WaitAsync(TimeSpan.FromSeconds(20));
        return connection;
    }
}
