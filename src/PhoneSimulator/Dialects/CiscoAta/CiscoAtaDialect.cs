namespace SipGateway.PhoneSimulator;

/// <summary>Cisco ATA 191: the flat profile of the phones; it says its serial number, and learns from its product's file where its own is.</summary>
internal sealed class CiscoAtaDialect : CiscoDialect
{
    /// <inheritdoc/>
    public override string Vendor => "ciscoata";

    /// <inheritdoc/>
    public override string UsualModel => "ATA191";

    /// <inheritdoc/>
    public override string UsualRelease => "11-1-0-MSR4";

    /// <summary>With a serial number of its own making.</summary>
    public override string HttpUserAgent(PhoneOptions options, PhoneSettings settings) =>
        $"Cisco/{options.Model}-MPP-{options.Release} (FCH{options.MacDigits[4..].ToUpperInvariant()})";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Cisco-{options.Model}-MPP/{options.Release}";

    /// <summary>Profile_Rule's file, or from the factory <c>/$PSN.xml</c> and what that one names.</summary>
    public override async Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation) =>
        Rule(files.Settings) is not null
            ? await files.GetAllAsync([options.MacDigits + ".xml"], cancellation).ConfigureAwait(false)
            : await files.GetAndFollowAsync(
                $"{options.Model[^3..]}.xml",
                product => RuleIn(product)?.Replace("$MA", options.MacDigits, StringComparison.Ordinal),
                cancellation).ConfigureAwait(false);

    /// <summary>It has no screen.</summary>
    public override PhoneScreen? ReadScreen(byte[] content) => null;

    private string? RuleIn(FetchedFile product)
    {
        var settings = new PhoneSettings();
        if (Read(product) is { } file)
        {
            settings.Apply(file);
        }

        return Rule(settings);
    }
}
