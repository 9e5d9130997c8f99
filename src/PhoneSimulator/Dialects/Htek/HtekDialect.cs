using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>Htek phones: one file.</summary>
internal sealed class HtekDialect : PhoneDialect
{
    /// <inheritdoc/>
    public override string Vendor => "htek";

    /// <inheritdoc/>
    public override string UsualModel => "UC926";

    /// <inheritdoc/>
    public override string UsualRelease => "2.0.4.8.2";

    /// <inheritdoc/>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Htek {options.Model} {options.Release} {string.Join(':', options.MacDigits.Chunk(2).Select(pair => new string(pair)))}";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Htek {options.Model} V{options.Release}";

    /// <inheritdoc/>
    public override PhoneProfile Profile(PhoneSettings settings, PhoneOptions options) => PValueAccounts.Profile(settings, SipUserAgent(options));

    /// <inheritdoc/>
    public override PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => new(PlugAndPlayWords.ByMac(options), "Htek", options.Model);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        await files.GetAllAsync([$"cfg{options.MacDigits}.xml"], cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override PhoneFile? Read(FetchedFile file) => PValueAccounts.Read(file.Content, "hl_provision", null);

    /// <summary>It has no browser that anything here opens.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    /// <inheritdoc/>
    public override NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings) =>
        notified?.Type.ToLowerInvariant() == "resync" ? NotifyDeed.Resync : CheckSync.Obey(notified);
}
