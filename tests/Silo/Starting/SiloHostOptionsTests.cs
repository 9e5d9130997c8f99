using SipGateway.Hosting;

namespace SipGateway.Silo.Tests.Starting;

/// <summary>What a silo process refuses to start with.</summary>
public sealed class SiloHostOptionsTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("silo-options");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Silo_BeyondLoopback_WithoutCertificates_IsRefusedAndSaysWhatToGive() =>
        Errors("--silo-bind", "10.1.2.3").Should().ContainSingle().Which.Should()
            .Contain("can call every grain").And.Contain("--cluster-certificate").And.Contain("--cluster-plaintext yes");

    [Theory]
    [InlineData("--silo-bind", "127.0.0.1")]
    [InlineData("--silo-bind", "::1")]
    [InlineData("--silo-bind", "10.1.2.3", "--cluster-plaintext", "yes")]
    public void Silo_OnLoopback_OrToldThatTheNetworkIsItsOwn_IsNot(params string[] arguments) => Errors(arguments).Should().BeEmpty();

    [Fact]
    public void Silo_BeyondLoopback_WithCertificates_IsNot() => Errors(["--silo-bind", "10.1.2.3", .. Certificates(ClusterRole.Silo)]).Should().BeEmpty();

    [Fact]
    public void Certificate_WithoutItsCa_AndAWordThatIsNeitherYesNorNo_AreToldTogether()
    {
        var certificate = Certificates(ClusterRole.Silo)[1];

        Errors("--cluster-certificate", certificate, "--cluster-plaintext", "maybe").Should().HaveCount(2)
            .And.Contain(error => error.Contains("belong together")).And.Contain(error => error.Contains("neither yes nor no"));
    }

    [Fact]
    public void Certificate_FileThatIsNotThere_IsNamed() =>
        Errors("--cluster-certificate", "/nowhere/silo.pem", "--cluster-ca", "/nowhere/ca.crt").Should().HaveCount(2)
            .And.OnlyContain(error => error.Contains("/nowhere/"));

    [Fact]
    public void AdvertisedName_IsResolved_AndOneThatLeadsNowhereIsToldSo()
    {
        Errors("--advertised-address", "localhost").Should().BeEmpty();
        Errors("--advertised-address", "no.such.host.invalid").Should().ContainSingle().Which.Should().Contain("--advertised-address").And.Contain("no name that leads to one");
    }

    private string[] Certificates(ClusterRole role)
    {
        var ca = PrivateCa.LoadOrCreate(DataDirectory.Open(_root.FullName), TimeProvider.System);
        var path = Path.Combine(_root.FullName, "own.pem");
        ca.WriteClusterCertificate(path, role);
        return ["--cluster-certificate", path, "--cluster-ca", Path.Combine(_root.FullName, "ca.crt")];
    }

    private IReadOnlyList<string> Errors(params string[] arguments)
    {
        var database = Path.Combine(_root.FullName, "database.txt");
        File.WriteAllText(database, "Host=127.0.0.1;Database=sipgateway;Username=sipgateway_silo;Password=x\n");
        var key = Path.Combine(_root.FullName, "master.key");
        File.WriteAllText(key, Trust.SealedKeyRing.NewMasterKey() + "\n");
        SiloArguments.TryRead(
            ["--database-file", database, "--master-key-file", key, .. arguments], TextWriter.Null, TextWriter.Null, out var read).Should().BeNull();
        return new SiloHostOptionsReader(read).Read().Errors;
    }
}
