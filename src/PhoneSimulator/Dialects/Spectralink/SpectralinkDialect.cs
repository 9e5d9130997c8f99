namespace SipGateway.PhoneSimulator;

/// <summary>Spectralink 8440: Poly's software under another name.</summary>
internal sealed class SpectralinkDialect : PolyDialect
{
    /// <inheritdoc/>
    public override string Vendor => "spectralink";

    /// <inheritdoc/>
    public override string UsualModel => "SL_8440";

    /// <inheritdoc/>
    public override string UsualRelease => "5.4.4.2";

    /// <inheritdoc/>
    public override string SipUserAgent(PhoneOptions options) => $"Spectralink-{options.Model}-UA/{options.Release}";
}
