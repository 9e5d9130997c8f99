using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Hosting.Tests;

public sealed class ClusterCertificatesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cluster-certificates");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-05-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly PrivateCa _ca;

    public ClusterCertificatesTests() => _ca = Authority("own");

    private string Ca => Path.Combine(_root.FullName, "own", "ca.crt");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(ClusterRole.Silo)]
    [InlineData(ClusterRole.Client)]
    public void Certificate_OfTheClustersCa_IsBelievedForWhatItSays(ClusterRole role)
    {
        var own = ClusterCertificates.Open(Made(_ca, "silo.pem", ClusterRole.Silo), Ca, _time);

        var shown = Read(Made(_ca, "peer.pem", role));

        ClusterCertificates.RoleOf(shown).Should().Be(role);
        own.FaultOf(shown, needed: null).Should().BeNull();
        own.FaultOf(shown, role).Should().BeNull();
    }

    [Fact]
    public void Client_WhereASiloIsNeeded_IsRefused() =>
        ClusterCertificates.Open(Made(_ca, "silo.pem", ClusterRole.Silo), Ca, _time)
            .FaultOf(Read(Made(_ca, "peer.pem", ClusterRole.Client)), ClusterRole.Silo).Should().Contain("only a Silo");

    [Fact]
    public void Nothing_Shown_IsRefusedAndSaysWhatToGive() =>
        ClusterCertificates.Open(Made(_ca, "silo.pem", ClusterRole.Silo), Ca, _time).FaultOf(null, needed: null).Should().Contain("--cluster-certificate");

    [Fact]
    public void Certificate_OfAnotherCa_IsRefused() =>
        ClusterCertificates.Open(Made(_ca, "silo.pem", ClusterRole.Silo), Ca, _time)
            .FaultOf(Read(Made(Authority("other"), "peer.pem", ClusterRole.Silo)), needed: null).Should().Contain("is not believed");

    [Fact]
    public void Certificate_ThatEnded_IsRefusedAndSaysWhen()
    {
        var peer = Read(Made(_ca, "peer.pem", ClusterRole.Silo));
        _time.Advance(TimeSpan.FromDays(801));
        var own = ClusterCertificates.Open(Made(_ca, "silo.pem", ClusterRole.Silo), Ca, _time);

        own.FaultOf(peer, needed: null).Should().Contain("is not believed").And.Contain("good until 2028-");
    }

    [Fact]
    public void Server_Certificate_ThatNamesNoRole_IsRefused()
    {
        var own = ClusterCertificates.Open(Made(_ca, "silo.pem", ClusterRole.Silo), Ca, _time);

        own.FaultOf(_ca.LoadOrCreateServer("phones.example.com"), needed: null).Should().Contain("names no role");
    }

    [Fact]
    public void Open_WithACertificateOfAnotherCa_RefusesToStart()
    {
        var open = () => ClusterCertificates.Open(Made(Authority("other"), "silo.pem", ClusterRole.Silo), Ca, _time);

        open.Should().Throw<StartException>().WithMessage("*is of no use in this cluster*");
    }

    [Fact]
    public void Renewed_Files_CountWithoutARestart()
    {
        var path = Made(_ca, "silo.pem", ClusterRole.Silo);
        var own = ClusterCertificates.Open(path, Ca, _time);
        var before = own.Current.TargetCertificate.Thumbprint;
        var other = Authority("other");
        File.AppendAllText(Ca, other.CertificatePem + "\n");
        Made(_ca, "silo.pem", ClusterRole.Silo);
        _time.Advance(TimeSpan.FromSeconds(3));

        own.Current.TargetCertificate.Thumbprint.Should().NotBe(before);
        own.FaultOf(Read(Made(other, "peer.pem", ClusterRole.Client)), needed: null).Should().BeNull("a second CA is there while one replaces another");
        File.WriteAllText(path, "half");
        _time.Advance(TimeSpan.FromSeconds(3));
        own.Current.TargetCertificate.Thumbprint.Should().NotBe(before, "what cannot be read leaves the one before in use");
    }

    [Fact]
    public void Operations_Commands_MakeCertificatesThatAreBelieved()
    {
        var lines = File.ReadLines(Path.Combine(Repository(), "docs/OPERATIONS.md"))
            .SkipWhile(line => line != "### Certificates between processes").SkipWhile(line => line != "```bash").Skip(1).TakeWhile(line => line != "```");
        var bash = new ProcessStartInfo("bash", ["-ec", string.Join('\n', lines)]) { WorkingDirectory = _root.FullName, RedirectStandardError = true };
        using var run = Process.Start(bash)!;
        var words = run.StandardError.ReadToEnd();
        run.WaitForExit();
        run.ExitCode.Should().Be(0, words);

        var own = ClusterCertificates.Open(
            Path.Combine(_root.FullName, "silo.pem"), Path.Combine(_root.FullName, "ca.crt"), TimeProvider.System);
        ClusterCertificates.RoleOf(own.Current.TargetCertificate).Should().Be(ClusterRole.Silo);
        var client = Read(Path.Combine(_root.FullName, "client.pem"));
        own.FaultOf(client, ClusterRole.Client).Should().BeNull();
        own.FaultOf(client, ClusterRole.Silo).Should().NotBeNull();
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "SipGateway.Orleans.sln")))
            at = at.Parent;
        return at.FullName;
    }

    private static X509Certificate2 Read(string path) => X509Certificate2.CreateFromPemFile(path);

    private PrivateCa Authority(string name) => PrivateCa.LoadOrCreate(DataDirectory.Open(Path.Combine(_root.FullName, name)), _time);

    private string Made(PrivateCa ca, string name, ClusterRole role)
    {
        var path = Path.Combine(_root.FullName, name);
        ca.WriteClusterCertificate(path, role);
        return path;
    }
}
