using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Directory_ReportsEverythingThatIsWrong()
    {
        var options = new EmbeddedDirectoryOptions
        {
            Issuer = new("http://plain.test/"), CodeLifetime = TimeSpan.Zero, PruningInterval = TimeSpan.Zero,
            Limits = new() { WrongTriesPerSource = 0, WrongTriesPerUser = 0, Window = TimeSpan.Zero, MaxCounted = 0, MaxBodyBytes = 0 },
        };

        options.Validate().Should().HaveCount(9);
        new ServiceCollection().Invoking(s => s.AddEmbeddedDirectory(options)).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().HaveCount(9);
        new EmbeddedDirectoryOptions { DataDirectory = "x" }.Validate().Should().BeEmpty();
    }

    [Fact]
    public void Authorities_ReportEverythingThatIsWrong()
    {
        var options = new IdentityOptions
        {
            Embedded = new() { Issuer = new("http://plain.test/"), Limits = new() { IntervalWhenAbsent = TimeSpan.Zero, RequestTimeout = TimeSpan.Zero, MaxCodeRequests = 0 } },
            Entra = new() { AuthorityHost = new("http://login.test/x"), PhoneNumberClaim = "", Scopes = [" "] },
        };

        options.Validate().Should().HaveCount(9);
        new ServiceCollection().Invoking(s => s.AddSignInAuthorities(options)).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().HaveCount(9);
    }

    [Fact]
    public void Authorities_AreOneOfEachKind()
    {
        using var services = new ServiceCollection().AddLogging().AddSingleton(KeyRing.Create())
            .AddSignInAuthorities(new() { DataDirectory = "x", Embedded = new() { BaseAddress = () => new("https://gateway.test/") } })
            .BuildServiceProvider();

        services.GetServices<ISignInAuthority>().Select(a => a.Kind).Should().BeEquivalentTo(Enum.GetValues<SignInAuthorityKind>());
    }

    [Fact]
    public void Keys_AreTheSameFromTheSameRingAndDifferFromAnother()
    {
        var ring = KeyRing.Create();

        DirectoryKeys.ClientSecret(ring).Should().Be(DirectoryKeys.ClientSecret(ring)).And.NotBe(DirectoryKeys.ClientSecret(KeyRing.Create()));
        PublicKey(ring).Should().Equal(PublicKey(ring)).And.NotEqual(PublicKey(KeyRing.Create()));

        static byte[] PublicKey(KeyRing of) => DirectoryKeys.Signing(of).First().ECDsa.ExportSubjectPublicKeyInfo();
    }
}
