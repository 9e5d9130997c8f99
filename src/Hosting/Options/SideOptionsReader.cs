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
            FirmwareDir = ExistingFolder("firmware-dir", "Give one that holds the firmware and firmware.tsv."),
            VendorCaDir = Text("vendor-ca-dir") is { Length: > 0 } directory ? Path.GetFullPath(directory) : "",
        };
    }

    /// <summary>The administrators' side.</summary>
    protected AdminsSideOptions AdminsSide() => new()
    {
        AdminBind = Address("admin-bind"),
        AdminPort = Port("admin-port"),
        GrpcPort = Port("grpc-port"),
    };
}
