using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Hosting.Tests;

public sealed class PrivateCaTests
{
    private readonly DataDirectory directory = DataDirectory.Open(Directory.CreateTempSubdirectory("ca").FullName);
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-05-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Server_ForItsHost_IsTrustedByWhoTrustsTheCa()
    {
        var ca = PrivateCa.LoadOrCreate(directory, time);
        var server = ca.LoadOrCreateServer("phones.example.com");

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(ca.CertificatePem));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.Build(server).Should().BeTrue();
        server.MatchesHostname("phones.example.com").Should().BeTrue();
        server.MatchesHostname("127.0.0.1").Should().BeTrue("the gateway calls itself");
        server.NotBefore.ToUniversalTime().Should().BeBefore(time.GetUtcNow().UtcDateTime.AddDays(-20), "a factory-fresh phone's clock is behind");
    }

    [Fact]
    public void Server_SecondStart_IsTheSame()
    {
        var first = PrivateCa.LoadOrCreate(directory, time).LoadOrCreateServer("a.example");
        var second = PrivateCa.LoadOrCreate(directory, time).LoadOrCreateServer("a.example");

        second.Thumbprint.Should().Be(first.Thumbprint);
    }

    [Fact]
    public void Server_OtherHostOrNearItsEnd_IsMadeAnew()
    {
        var ca = PrivateCa.LoadOrCreate(directory, time);
        var first = ca.LoadOrCreateServer("a.example").Thumbprint;
        var other = ca.LoadOrCreateServer("b.example").Thumbprint;
        time.Advance(TimeSpan.FromDays(790));
        var renewed = ca.LoadOrCreateServer("b.example").Thumbprint;

        new[] { first, other, renewed }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Keys_OnDisk_AreTheirOwnersAlone()
    {
        PrivateCa.LoadOrCreate(directory, time).LoadOrCreateServer("a.example");

        foreach (var path in new[] { directory.CaKey, directory.ServerKey })
        {
            File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
