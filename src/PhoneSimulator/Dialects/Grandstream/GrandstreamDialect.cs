using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Grandstream desk phones: a binary file, then one in XML, else one for all.</summary>
internal sealed class GrandstreamDialect : PhoneDialect
{
    private const string FileOfAll = "cfg.xml";

    /// <inheritdoc/>
    public override string Vendor => "grandstream";

    /// <inheritdoc/>
    public override string UsualModel => "GXP2170";

    /// <inheritdoc/>
    public override string UsualRelease => "1.0.11.6";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Grandstream Model HW {options.Model} SW {options.Release} DevId {options.MacDigits}";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Grandstream {options.Model} {options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => PValueAccounts.Profile(settings, SipUserAgent(options));

    /// <inheritdoc/>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new(PlugAndPlayWords.ByMac(options), "Grandstream", options.Model);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation)
    {
        // The binary one is read first; there is none here, and the one for all is asked for only when the phone's own is not there.
        if (await files.GetAllAsync([$"cfg{options.MacDigits}", $"cfg{options.MacDigits}.xml"], cancellation).ConfigureAwait(false) is not { } own)
        {
            return null;
        }

        return own.Count > 0 ? own : await files.GetAllAsync([FileOfAll], cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) =>
        PValueAccounts.Read(file.Content, "gs_provision", file.Name == FileOfAll ? null : file.Name[3..15]);

    /// <summary>It has a browser of its own, which nothing here opens.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <summary>Unless P4428 says not to.</summary>
    public override bool Challenges(EventHeader? notified, PhoneSettings settings) => settings["P4428"] != "1";

    /// <summary><c>reset</c>, which sets the phone back to what the factory gave, only where that is allowed (P26015).</summary>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) =>
        notified?.Type.ToLowerInvariant() == "resync" ? NotifyDeed.Resync : CheckSync.Obey(notified);
}
