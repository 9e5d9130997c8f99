using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>AudioCodes MediaPack adapters: one ini file; a port is a row of each table, and none without a number.</summary>
internal sealed class AudioCodesMpDialect : PhoneDialect
{
    private const int MostPorts = 24;

    /// <inheritdoc/>
    public override string Vendor => "audiocodesmp";

    /// <inheritdoc/>
    public override string UsualModel => "MP-118 FXS";

    /// <inheritdoc/>
    public override string UsualRelease => "6.60A.322.003";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Mozilla/4.0 (compatible; AudioCodes; {options.Model};{options.Release};{options.MacDigits};0)";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Audiocodes-Sip-Gateway-{options.Model}/v.{options.Release}";

    /// <summary>Certificates of servers are looked at only where <c>AUPDVerifyCertificates</c> is on; it is off from the factory.</summary>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => new()
    {
        Server = settings["inifileurl"] is { Length: > 0 } url && url.LastIndexOf('/') is var end and > 0 ? url[..(end + 1)] : null,
        Discovers = settings["dhcprequesttftpparams"] != "0",
        PollPeriod = settings.Number("autoupdatefrequency", 0) is var minutes and > 0 ? TimeSpan.FromMinutes(minutes) : null,
        CertificatesUrl = settings["tlsrootfileurl"],
        ChecksCertificates = settings["aupdverifycertificates"] == "1",
        Accounts = [.. Enumerable.Range(0, MostPorts).Select(row => Account(settings, options, row)).OfType<AccountSettings>()],
    };

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([options.MacDigits + ".ini"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => MpIniFile.Read(file.Content);

    /// <summary>It has no screen.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <summary>Only where <c>EnableSIPRemoteReset</c> is on.</summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) =>
        CheckSync.Obey(notified) is { } deed ? settings["enablesipremotereset"] == "1" ? deed : NotifyDeed.Nothing : null;

    private AccountSettings? Account(PhoneSettings settings, PhoneOptions options, int row)
    {
        string? Of(string table, int number, string column) => settings[$"{table}.{number}.{column}"] is { Length: > 0 } value ? value : null;
        var port = settings.Number($"trunkgroup.{row}.firstbchannel", 0);
        if (port == 0 || Of("trunkgroup", row, "firstphonenumber") is not { } number || settings["sipgatewayname"] is not { Length: > 0 } domain
            || settings["isregisterneeded"] != "1")
        {
            return null;
        }

        var name = Of("callerdisplayinfo", port - 1, "displaystring");
        return new AccountSettings
        {
            Number = port,
            UserName = number,
            AuthenticationName = Of("authentication", port - 1, "userid") ?? number,
            Password = Of("authentication", port - 1, "userpassword") ?? "",
            Server = domain,
            Port = 5060,
            Transport = settings["siptransporttype"] == "1" ? PhoneTransport.Tcp : PhoneTransport.Udp,
            ExpiresSeconds = settings.Number("registrationtime", 180),
            KeepAliveSeconds = 0,
            DisplayName = name,
            Label = name ?? number,
            UserAgent = SipUserAgent(options),
            OutboundProxy = HostAndPort.Parse(Of("proxyip", 0, "ipaddress")),
            SecondProxy = HostAndPort.Parse(Of("proxyip", 1, "ipaddress")),
        };
    }
}
