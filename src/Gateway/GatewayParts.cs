using System.Net;
using System.Security.Cryptography.X509Certificates;
using SipGateway.AdminApi;
using SipGateway.Edge;
using SipGateway.Grains.Devices;
using SipGateway.Hosting;
using SipGateway.Identity;
using SipGateway.Portal;
using SipGateway.Silo;
using SipGateway.Storage;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.Gateway;

/// <summary>The gateway's table of contents: what it is made of, and who may reach which part.</summary>
internal static class GatewayParts
{
    private const string EdgeId = "edge";

    /// <summary>What the parts are made from.</summary>
    public sealed record Facts(
        GatewayOptions Options, DataDirectory Directory, KeyRing Keys, AdminKey AdminKey, PrivateCa Ca, ServerCertificates Certificates,
        Listeners Listeners)
    {
        /// <summary>The real SIP port, once the edge listens.</summary>
        public Func<int>? SipPort { get; set; }
    }

    /// <summary>Silo, edge, admin API, portal, directory.</summary>
    public static void Register(WebApplicationBuilder builder, Facts facts)
    {
        builder.Services.AddSingleton(facts.Keys);
        builder.AddSipGatewaySilo(new SiloOptions
        {
            Storage = new StorageOptions { DataDirectory = facts.Directory.Root },
            Devices = new DeviceOptions { RestartDeadline = facts.Options.RestartDeadline, Compatibility = facts.Options.Compatibility },
        });
        builder.Services.AddSignInAuthorities(SignIn(facts));
        builder.Services.AddEmbeddedDirectory(new EmbeddedDirectoryOptions { DataDirectory = facts.Directory.Root });
        var provisioning = Provisioning(facts);
        builder.Services.AddEdgeSip(Sip(facts.Options.Phones, facts.Certificates, provisioning));
        builder.Services.AddEdgeProvisioning(provisioning);
        builder.Services.AddAdminApi(new AdminApiOptions
        {
            Key = facts.AdminKey, NamedKeysPath = facts.Options.NamedKeysPath, Oidc = facts.Options.Oidc,
        });
        builder.Services.AddPortal(Portal(facts));
    }

    /// <summary>Each endpoint with the sides it answers on; the default is deny.</summary>
    public static void Map(WebApplication app)
    {
        app.UseRouting();
        app.UseSides();
        app.UsePortal();
        app.MapEmbeddedDirectory().AnswersOn(Side.People);
        app.MapAdminApi().AnswersOn(Side.Admin);
        app.MapPortal().AnswersOn(Side.Admin);
        app.MapHealth(services => Sip(services).IsReady);
        app.MapProvisioning().AnswersOn(Side.Phones);
    }

    /// <summary>Where SIP really is.</summary>
    public static SipEdge Sip(IServiceProvider services) => services.GetRequiredService<SipEdge>();

    private static EdgeSipOptions Sip(PhonesSideOptions options, ServerCertificates certificates, ProvisioningOptions provisioning) => new()
    {
        EdgeId = EdgeId,
        Region = options.Region,
        BindAddress = options.Bind,
        Port = options.SipPort,
        TlsPort = options.SipsPort,
        Certificate = () => certificates.Current,
        PublicHost = options.PublicHost,
        ProvisioningRoot = () => provisioning.PlainRoot,
        PlugAndPlay = options.PlugAndPlayInterface is { } network ? new PlugAndPlayOptions { Interface = network } : null,
        Domain = options.SipDomain,
        FirstRtpPort = options.FirstRtpPort,
        LastRtpPort = options.LastRtpPort,
        Version = typeof(GatewayParts).Assembly.GetName().Version?.ToString(3) ?? "",
    };

    private static ProvisioningOptions Provisioning(Facts facts) => new()
    {
        PublicHost = facts.Options.Phones.PublicHost,
        SipDomain = facts.Options.Phones.SipDomain,
        HttpPort = () => facts.Listeners["http"].Port,
        HttpsPort = () => facts.Listeners["https"].Port,
        MtlsPort = () => facts.Listeners["mtls"].Port,
        VendorCaDir = facts.Options.Phones.VendorCaDir,
        SipPort = () => facts.SipPort?.Invoke() ?? facts.Options.Phones.SipPort,
        FirmwareDirectory = facts.Options.Phones.FirmwareDir,
        CaCertificatePem = facts.Options.Phones.Certificate.Length == 0 ? facts.Ca.CertificatePem : "",
    };

    private static PortalOptions Portal(Facts facts) => new()
    {
        Api = () => facts.Listeners.AddressOf("grpc", facts.Options.Admins.IsAdminTls),
        ApiCertificate = () => facts.Certificates.Current.TargetCertificate,
        Oidc = PortalSignIn.Of(facts.Options.Oidc),
    };

    private static IdentityOptions SignIn(Facts facts)
    {
        var options = facts.Options;
        int Port() => facts.Listeners["https"].Port;
        return new IdentityOptions
        {
            DataDirectory = facts.Directory.Root,
            Embedded = new EmbeddedAuthorityOptions
            {
                BaseAddress = () => new UriBuilder("https", options.Phones.PublicHost, Port()).Uri,
                ConnectTo = () => new IPEndPoint(IsAny(options.Phones.Bind) ? IPAddress.Loopback : options.Phones.Bind, Port()),
                TrustedRoots = () => [X509Certificate2.CreateFromPem(facts.Ca.CertificatePem)],
                SignInAddress = options.SignInUrl.Length == 0 ? null : () => new Uri(options.SignInUrl),
            },
        };
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
