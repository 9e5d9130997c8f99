using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Hosting.Tests;

public sealed class ServerCertificatesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-05-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

    private readonly DataDirectory directory = DataDirectory.Open(Directory.CreateTempSubdirectory("certificates").FullName);
    private readonly FakeTimeProvider time = new(Start);

    private string PemPath => Path.Combine(directory.Root, "own.pem");

    [Fact]
    public void Look_NothingChanged_KeepsTheSameObject()
    {
        var certificates = OpenPrivate();
        var before = certificates.Current;
        certificates.Look().Should().Be((false, null));
        certificates.Current.Should().BeSameAs(before, "sessions are resumed by it");
    }

    [Fact]
    public void Look_ThePrivateOneNearItsEnd_IsRenewedWithoutARestart()
    {
        var certificates = OpenPrivate();
        var before = certificates.Current.TargetCertificate;
        time.Advance(TimeSpan.FromDays(771));
        certificates.Look().IsNew.Should().BeTrue();
        certificates.Current.TargetCertificate.NotAfter.Should().BeAfter(before.NotAfter);
        certificates.Current.TargetCertificate.Issuer.Should().Be(before.Issuer);
        certificates.Look().IsNew.Should().BeFalse();
    }

    [Fact]
    public void Look_TheOperatorsFile_TakesWhatIsNewWithItsChain()
    {
        using var root = NewAuthority("root", null);
        using var issuer = NewAuthority("issuer", root);
        File.WriteAllText(PemPath, NewPem("first", issuer));
        var certificates = OpenOwn();
        File.WriteAllText(PemPath, NewPem("second", issuer) + issuer.ExportCertificatePem() + "\n");

        certificates.Look().Should().Be((true, null));

        certificates.Current.TargetCertificate.Subject.Should().Be("CN=second");
        certificates.Current.IntermediateCertificates.Select(c => c.Subject).Should().Equal(["CN=issuer"], "phones know the root alone");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Look_WhatCannotBeUsed_LeavesTheOneBefore(string text)
    {
        File.WriteAllText(PemPath, NewPem("first"));
        var certificates = OpenOwn();
        File.WriteAllText(PemPath, text);
        certificates.Look().Fault.Should().NotBeNull();
        certificates.Look().Fault.Should().BeNull("it is told once");
        certificates.Current.TargetCertificate.Subject.Should().Be("CN=first");

        File.Delete(PemPath);
        certificates.Look().Fault.Should().BeOfType<FileNotFoundException>();
        File.WriteAllText(PemPath, NewPem("second"));
        certificates.Look().Should().Be((true, null));
    }

    [Fact]
    public void Look_AnotherKeyOrAnEndedOne_LeavesTheOneBefore()
    {
        File.WriteAllText(PemPath, NewPem("first"));
        var certificates = OpenOwn();
        using var other = RSA.Create(2048);
        File.WriteAllText(PemPath, NewPem("second").Split("-----BEGIN PRIVATE")[0] + other.ExportPkcs8PrivateKeyPem());
        certificates.Look().Fault.Should().NotBeNull("a certificate is nothing without its own key");
        var next = NewPem("third");
        time.Advance(TimeSpan.FromDays(31));
        File.WriteAllText(PemPath, next);
        certificates.Look().Fault!.Message.Should().Contain("ended on 2026-05-31");
        certificates.Current.TargetCertificate.Subject.Should().Be("CN=first");
    }

    [Fact]
    public void Open_WithoutAUsableOne_SaysSoInOneLine()
    {
        File.WriteAllText(PemPath, "nothing");
        var open = OpenOwn;
        open.Should().Throw<StartException>().WithMessage($"--certificate {PemPath} cannot be used: *");
    }

    private static RSA NewKey(out CertificateRequest request, string name)
    {
        var key = RSA.Create(2048);
        request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return key;
    }

    private static X509Certificate2 NewAuthority(string name, X509Certificate2? issuer)
    {
        using var key = NewKey(out var request, name);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        if (issuer is null)
        {
            return request.CreateSelfSigned(Start, Start.AddDays(100));
        }

        using var certificate = request.Create(issuer, Start, Start.AddDays(100), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    private static string NewPem(string name, X509Certificate2? issuer = null)
    {
        using var key = NewKey(out var request, name);
        using var certificate = issuer is null
            ? request.CreateSelfSigned(Start, Start.AddDays(30))
            : request.Create(issuer, Start, Start.AddDays(30), RandomNumberGenerator.GetBytes(16));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private ServerCertificates OpenPrivate() =>
        ServerCertificates.Open("", "127.0.0.1", directory, PrivateCa.LoadOrCreate(directory, time), time);

    private ServerCertificates OpenOwn() =>
        ServerCertificates.Open(PemPath, "127.0.0.1", directory, PrivateCa.LoadOrCreate(directory, time), time);

}
