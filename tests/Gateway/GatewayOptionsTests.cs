using SipGateway.Hosting;

namespace SipGateway.Gateway.Tests;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Read_NothingGiven_GivesThePromisedDefaults()
    {
        var (options, errors) = Read();

        errors.Should().BeEmpty();
        options!.Phones.Bind.ToString().Should().Be("127.0.0.1");
        options.Phones.PublicHost.Should().Be("127.0.0.1");
        options.Phones.SipDomain.Should().Be("127.0.0.1");
        options.DataDir.Should().Be(Path.GetFullPath("./data"));
        new[] { options.Phones.SipPort, options.Phones.SipsPort, options.Phones.HttpPort, options.Phones.HttpsPort, options.Phones.MtlsPort, options.Admins.AdminPort, options.Admins.GrpcPort }
            .Should().Equal(5060, 5061, 8080, 8443, 8444, 5080, 5081);
        (options.Phones.FirstRtpPort, options.Phones.LastRtpPort).Should().Be((16_384, 16_583));
        options.Admins.IsAdminTls.Should().BeFalse();
    }

    [Fact]
    public void Read_VendorCas_AreJudgedWithEverythingElse()
    {
        var directory = Directory.CreateTempSubdirectory("vendor-ca").FullName;
        Read("--vendor-ca-dir", directory).Options!.Phones.VendorCaDir.Should().Be(directory);
        Directory.CreateDirectory(Path.Combine(directory, "yealink"));
        Directory.CreateDirectory(Path.Combine(directory, "acme"));
        Read("--vendor-ca-dir", directory, "--sip-port", "x").Errors.Should().HaveCount(3)
            .And.Contain(e => e.Contains("no root")).And.Contain(e => e.Contains("acme is of no vendor"));
        Read("--vendor-ca-dir", "/nowhere").Errors.Should().ContainSingle().Which.Should().StartWith("--vendor-ca-dir /nowhere cannot be read");
    }

    [Fact]
    public void Read_WhoMayAdminister_IsJudgedWithEverythingElse()
    {
        var directory = Directory.CreateTempSubdirectory("admins").FullName;
        File.WriteAllText(Path.Combine(directory, "admin-keys"), "desk operator@vienna sha256:1234\nDesk viewer x\n\n# nobody\nroot boss x\ntoo few\n");

        Read("--data-dir", directory, "--admin-oidc-authority", "http://login.example.com", "--admin-oidc-roles", "staff=boss,a=b=viewer", "--admin-oidc-scopes", "profile")
            .Errors.Should().HaveCount(8)
            .And.Contain(e => e.StartsWith("--admin-oidc-authority http://login.example.com: is not an https address."))
            .And.Contain(e => e.StartsWith("--admin-oidc-client-id is missing"))
            .And.Contain(e => e.Contains("holds 'staff=boss'"))
            .And.Contain(e => e.Contains("lacks openid"))
            .And.Contain(e => e.Contains("admin-keys line 1:") && e.Contains("no hash"))
            .And.Contain(e => e.Contains("admin-keys line 2:") && e.Contains("'Desk' is no name"))
            .And.Contain(e => e.Contains("admin-keys line 5:") && e.Contains("'boss' is no role"))
            .And.Contain(e => e.Contains("admin-keys line 6:"));
        Read("--admin-oidc-client-id", "x").Errors.Should().ContainSingle().Which.Should().StartWith("--admin-oidc-authority is missing");
    }

    [Fact]
    public void Read_AdminOidc_HasItsDefaults()
    {
        var secret = Path.GetTempFileName();
        File.WriteAllText(secret, "hush\n");

        var (options, errors) = Read(
            "--admin-oidc-authority", "https://login.example.com/staff", "--admin-oidc-client-id", "sipgw", "--admin-oidc-client-secret-file", secret);

        errors.Should().BeEmpty();
        var oidc = options!.Oidc!;
        (oidc.Audience, oidc.ClientSecret, oidc.Name, oidc.RoleClaim).Should().Be(("sipgw", "hush", "login.example.com", "roles"));
        oidc.Roles.Should().Equal(
            ("sipgateway-admin", AdminGrant.Everything), ("sipgateway-operator", new AdminGrant(AdminRole.Operator, "")),
            ("sipgateway-viewer", new AdminGrant(AdminRole.Viewer, "")));
        oidc.ToString().Should().NotContain("hush");
        Read().Options!.Oidc.Should().BeNull();
    }

    [Fact]
    public void Read_WildcardWithoutPublicHost_SaysWhatToAdd() =>
        Read("--bind", "0.0.0.0").Errors.Should().ContainSingle().Which.Should().Contain("--public-host");

    [Fact]
    public void Read_WildcardWithPublicHost_IsFine()
    {
        var (options, errors) = Read("--bind", "0.0.0.0", "--public-host", "phones.example.com");

        errors.Should().BeEmpty();
        options!.Phones.SipDomain.Should().Be("phones.example.com");
    }

    [Theory]
    [InlineData("::1", "::1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    public void Read_Ipv6Bind_IsTakenAndAMappedOneIsPlain(string bind, string expected)
    {
        var (options, errors) = Read("--bind", bind);

        errors.Should().BeEmpty();
        options!.Phones.Bind.ToString().Should().Be(expected);
        options.Phones.PublicHost.Should().Be(expected);
    }

    [Fact]
    public void Read_ManyWrong_ReportsEveryOneAtOnce()
    {
        var (options, errors) = Read("--bind", "nowhere", "--sip-port", "70000", "--rtp-ports", "9-1", "--signin-url", "http://x/", "--restart-deadline", "soon");

        options.Should().BeNull();
        errors.Should().HaveCount(5);
    }

    [Fact]
    public void Read_AdminBeyondLoopback_MeansTls() => Read("--admin-bind", "0.0.0.0").Options!.Admins.IsAdminTls.Should().BeTrue();

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--sip-port")]
    [InlineData("stray")]
    public void TryRead_BadOption_OneLineAndExitCodeOne(params string[] args)
    {
        var errors = new StringWriter();

        GatewayArguments.TryRead(args, TextWriter.Null, errors, out _).Should().Be(1);

        errors.ToString().Should().StartWith("sipgateway: ");
    }

    [Fact]
    public void TryRead_Help_ListsEveryOptionAndExitsWithZero()
    {
        var output = new StringWriter();

        GatewayArguments.TryRead(["--help"], output, TextWriter.Null, out _).Should().Be(0);

        GatewayArguments.Known.Should().OnlyContain(k => output.ToString().Contains("--" + k.Name));
    }

    [Fact]
    public void Read_CompatibilityFile_IsTakenOrEveryErrorOfItIsTold()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "grandstream\tGXP21*\t1.0.7\t-\n");
        Read("--compatibility-file", file).Options!.Compatibility.Find("grandstream", "GXP2130").Should().NotBeNull();
        File.WriteAllText(file, "grandstream\tGXP21*\tnew\t-\nsnom\n");
        Read("--compatibility-file", file).Errors.Should().HaveCount(2).And.OnlyContain(e => e.StartsWith($"--compatibility-file {file}: line "));
        File.Delete(file);
        Read("--compatibility-file", file).Errors.Should().ContainSingle().Which.Should().Contain("cannot be read");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3", "--bind", "10.1.2.3")]
    [InlineData("0.0.0.0", "--bind", "::", "--public-host", "phones.example.com")]
    [InlineData("10.1.2.3", "--bind", "::1", "--pnp-interface", "10.1.2.3")]
    public void Read_PlugAndPlay_IsHeardAtTheBindAddressUnlessToldOtherwise_AndNowhereUnasked(string at, params string[] args)
    {
        Read(["--pnp", "yes", .. args]).Options!.Phones.PlugAndPlayInterface!.ToString().Should().Be(at);
        Read(args).Options!.Phones.PlugAndPlayInterface.Should().BeNull();
    }

    [Theory]
    [InlineData("neither yes nor no", "--pnp", "on")]
    [InlineData("IPv4", "--pnp", "yes", "--bind", "::1")]
    [InlineData("--pnp-interface", "--pnp", "yes", "--pnp-interface", "eth0")]
    [InlineData("lower-case letters", "--region", "Europe")]
    public void Read_PlugAndPlayOrRegion_Wrong_IsToldOnce(string words, params string[] args) =>
        Read(args).Errors.Should().ContainSingle().Which.Should().Contain(words);

    internal static (GatewayOptions? Options, IReadOnlyList<string> Errors) Read(params string[] args)
    {
        GatewayArguments.TryRead(args, TextWriter.Null, TextWriter.Null, out var arguments).Should().BeNull();
        return new GatewayOptionsReader(arguments).Read();
    }
}
