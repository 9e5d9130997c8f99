using System.Net;
using System.Net.Sockets;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Hosting;

/// <summary>Reads the options of the sides that several processes have.</summary>
public abstract partial class SideOptionsReader(HostArguments arguments) : OptionsReader(arguments)
{
    private const string CertificateWords = "Give a PEM file that holds the certificate, its chain and its key.";

    /// <summary>The phones' side.</summary>
    protected PhonesSideOptions PhonesSide()
    {
        var bind = Address("bind");
        var (firstRtp, lastRtp) = PortRange("rtp-ports");
        var publicHost = PublicHost("public-host", "bind", bind);
        return new PhonesSideOptions
        {
            Bind = bind,
            PublicHost = publicHost,
            SipDomain = Text("sip-domain") is { Length: > 0 } domain ? Host("sip-domain", domain) : publicHost,
            SipPort = Port("sip-port"),
            SipsPort = Port("sips-port"),
            HttpPort = Port("http-port"),
            HttpsPort = Port("https-port"),
            MtlsPort = Port("mtls-port"),
            FirstRtpPort = firstRtp,
            LastRtpPort = lastRtp,
            Certificate = ExistingFile("certificate", CertificateWords),
            Region = Region("region"),
            PlugAndPlayInterface = PlugAndPlayInterface(bind),
            FirmwareDir = ExistingFolder("firmware-dir", "Give one that holds the firmware and firmware.tsv."),
            VendorCaDir = Text("vendor-ca-dir") is { Length: > 0 } directory ? Path.GetFullPath(directory) : "",
        };
    }

    /// <summary>Where phones are heard that look for their server; null: nowhere.</summary>
    protected IPAddress? PlugAndPlayInterface(IPAddress bind)
    {
        var isAsked = Text("pnp") == "yes";
        if (!isAsked && Text("pnp") != "no")
        {
            Wrong("pnp", "is neither yes nor no.");
        }

        var network = Text("pnp-interface").Length > 0 ? Address("pnp-interface") : bind;
        if (!isAsked)
        {
            return null;
        }

        if (network.Equals(IPAddress.IPv6Any))
        {
            return IPAddress.Any;
        }

        if (network.AddressFamily != AddressFamily.InterNetwork)
        {
            Wrong($"--pnp: phones ask over IPv4, and {network} is no address of it. Give --pnp-interface this machine's IPv4 address on their network.");
        }

        return network;
    }

    private string Region(string name)
    {
        if (Text(name).Length > 0 && !RegionName.IsValid(Text(name)))
        {
            Wrong(name, $"is no name of a region. Give {RegionName.Form}.");
        }

        return Text(name);
    }

    /// <summary>The administrators' side.</summary>
    protected AdminsSideOptions AdminsSide() => new()
    {
        AdminBind = Address("admin-bind"),
        AdminPort = Port("admin-port"),
        GrpcPort = Port("grpc-port"),
    };
}
