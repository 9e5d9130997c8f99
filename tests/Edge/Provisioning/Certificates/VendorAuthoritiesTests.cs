using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>The folders of vendors' CAs: read at the start with every error, and again when they change.</summary>
public sealed class VendorAuthoritiesTests
{
    private static readonly FactoryCa Root = FactoryCa.Root("root");
    private readonly string directory = Directory.CreateTempSubdirectory("vendor-ca").FullName;

    [Fact]
    public void NoDirectory_NobodyCounts()
    {
        var (authorities, errors) = VendorAuthorities.Read("");
        errors.Should().BeEmpty();
        authorities.Vendors.Should().BeEmpty();
        authorities.Of("yealink").Should().BeEmpty();
    }

    [Fact]
    public void PemBundleAndDer_AreOfTheirVendorAlone()
    {
        Write("yealink/root.pem", Root.Pem + Root.Below("issuer").Pem);
        Directory.CreateDirectory(Path.Combine(directory, "Cisco"));
        File.WriteAllBytes(Path.Combine(directory, "Cisco", "sipura.CRT"), FactoryCa.Root("Sipura").Certificate.RawData);
        Write("yealink/README.md", "not read");
        Write("yealink/..data/hidden.pem", "not read");
        var (authorities, errors) = VendorAuthorities.Read(directory);
        errors.Should().BeEmpty();
        authorities.Vendors.Should().Equal("cisco", "yealink");
        authorities.Of("yealink").Select(c => c.Subject).Should().Equal("CN=root", "CN=issuer");
        authorities.Of("cisco").Select(c => c.Subject).Should().Equal("CN=Sipura");
        authorities.Of("poly").Should().BeEmpty();
        authorities.NotGoodAt(DateTimeOffset.UtcNow).Should().BeEmpty();
        authorities.NotGoodAt(new DateTimeOffset(2199, 1, 1, 0, 0, 0, TimeSpan.Zero)).Should().HaveCount(3);
    }

    [Fact]
    public void EveryError_IsToldAtOnce()
    {
        Write("stray.pem", Root.Pem);
        Write("acme/root.pem", Root.Pem);
        Write("yealink/broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Write("yealink/empty.crt", "-----BEGIN NOTHING-----\n");
        Write("poly/issuer.pem", Root.Below("issuer").Pem);
        Directory.CreateDirectory(Path.Combine(directory, "snom"));
        Write("gigaset/phone.pem", Root.Pem + Leaf());
        var errors = VendorAuthorities.Read(directory).Errors;
        errors.Should().HaveCount(7).And.OnlyHaveUniqueItems();
        errors.Should().ContainSingle(e => e.Contains("stray.pem is in no vendor's folder"));
        errors.Should().ContainSingle(e => e.Contains("acme is of no vendor. Known: ale, "));
        errors.Should().ContainSingle(e => e.Contains("broken.pem cannot be used"));
        errors.Should().ContainSingle(e => e.Contains("empty.crt cannot be used"));
        errors.Should().ContainSingle(e => e.Contains("poly has no root"));
        errors.Should().ContainSingle(e => e.Contains("snom has no root"));
        errors.Should().ContainSingle(e => e.Contains("gigaset has 'CN=leaf', which is no CA's"));
        VendorAuthorities.Read("/nowhere").Errors.Should().ContainSingle().Which.Should().StartWith("--vendor-ca-dir /nowhere cannot be read");
        var options = Options() with { VendorCaDir = directory };
        options.Validate().Should().BeEquivalentTo(errors);
    }

    [Fact]
    public void Change_IsTaken_AndWhatCannotBeUsedLeavesTheLastGoodOnes()
    {
        Write("yealink/root.pem", Root.Pem);
        using var log = new LogTape();
        using var factory = new LoggerFactory([log]);
        using var store = new VendorAuthorityStore(
            Options() with { VendorCaDir = directory }, new FakeTimeProvider(DateTimeOffset.UtcNow), new Logger<VendorAuthorityStore>(factory));
        store.Look().Should().BeFalse("nothing changed");
        Write("poly/root.pem", FactoryCa.Root("ended", until: new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)).Pem);
        store.Look().Should().BeTrue();
        store.Current.Vendors.Should().Equal("poly", "yealink");
        log.Text.Should().Contain("The CA CN=ended of vendor poly is good from").And.NotContain("stay in use");

        Write("yealink/root.pem", "nothing");
        store.Look().Should().BeFalse();
        store.Look().Should().BeFalse();
        store.Current.Of("yealink").Should().ContainSingle();
        log.Text.Split('\n').Count(l => l.Contains("Those before stay in use.")).Should().Be(1, "it is told once");

        Write("yealink/root.pem", FactoryCa.Root("new").Pem);
        store.Look().Should().BeTrue();
        store.Current.Of("yealink").Select(c => c.Subject).Should().Equal("CN=new");
        Directory.Delete(Path.Combine(directory, "yealink"), recursive: true);
        store.Look().Should().BeTrue();
        store.Current.Of("yealink").Should().BeEmpty("what is taken away counts no longer");
    }

    private static ProvisioningOptions Options() => new()
    {
        PublicHost = "127.0.0.1", SipDomain = "gateway.test", HttpPort = () => 1, HttpsPort = () => 2, SipPort = () => 3,
    };

    private static string Leaf()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        return made.ExportCertificatePem() + "\n";
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
