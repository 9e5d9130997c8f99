using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Hosting;
using SipGateway.Trust.Sides;

namespace SipGateway.Edge;

/// <summary>What an edge process is made of, and who may reach which part.</summary>
internal sealed class EdgeParts(EdgeHostOptions options, ServerCertificates certificates, Listeners listeners)
{
    private IServiceProvider? services;

    /// <summary>SIP, provisioning, the way to the sign-in page.</summary>
    public void Register(IServiceCollection collection)
    {
        var provisioning = Provisioning();
        collection.AddEdgeSip(Sip(provisioning));
        collection.AddEdgeProvisioning(provisioning);
        if (options.SignInUpstream is not null)
        {
            collection.AddHttpForwarder();
        }
    }

    /// <summary>Each endpoint with the sides it answers on; the default is deny.</summary>
    public void Map(WebApplication app)
    {
        services = app.Services;
        app.UseRouting();
        app.UseSides();
        if (options.SignInUpstream is { } upstream)
        {
            app.MapSignInForwarder(upstream, options.SignInCa).AnswersOn(Side.People);
        }

        app.MapHealth(s => s.GetRequiredService<SipEdge>().IsReady);
        app.MapProvisioning().AnswersOn(Side.Phones);
    }

    private EdgeSipOptions Sip(ProvisioningOptions provisioning) => new()
    {
        EdgeId = options.EdgeId,
        Region = options.Phones.Region,
        BindAddress = options.Phones.Bind,
        Port = options.Phones.SipPort,
        TlsPort = options.Phones.SipsPort,
        Certificate = () => certificates.Current,
        PublicHost = options.Phones.PublicHost,
        ProvisioningRoot = () => provisioning.PlainRoot,
        PlugAndPlay = options.Phones.PlugAndPlayInterface is { } network ? new PlugAndPlayOptions { Interface = network } : null,
        Domain = options.Phones.SipDomain,
        FirstRtpPort = options.Phones.FirstRtpPort,
        LastRtpPort = options.Phones.LastRtpPort,
        DrainTime = options.DrainTime,
        Version = typeof(EdgeParts).Assembly.GetName().Version?.ToString(3) ?? "",
    };

    private ProvisioningOptions Provisioning() => new()
    {
        PublicHost = options.Phones.PublicHost,
        SipDomain = options.Phones.SipDomain,
        HttpPort = () => listeners["http"].Port,
        HttpsPort = () => listeners["https"].Port,
        MtlsPort = () => listeners["mtls"].Port,
        VendorCaDir = options.Phones.VendorCaDir,
        SipPort = () => services?.GetRequiredService<SipEdge>().UdpEndPoint.Port ?? options.Phones.SipPort,
        EdgeHosts = options.EdgeHosts,
        FirmwareDirectory = options.Phones.FirmwareDir,
        CaCertificatePem = options.CaCertificate.Length == 0 ? "" : File.ReadAllText(options.CaCertificate),
    };
}
