using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SipGateway.Hosting;

namespace SipGateway.Edge;

/// <summary>The MAC that a phone proves by its factory certificate. One that is not good is as none; the phone is told nothing of it.</summary>
internal sealed partial class FactoryCertificates(
    VendorAuthorityStore authorities, ProvisioningMetrics metrics, TimeProvider time, ILogger<FactoryCertificates> logger)
{
    /// <summary>12 lower-case hex digits; empty: nothing is proved.</summary>
    public string MacOf(HttpContext http, IVendor vendor)
    {
        if (http.Connection.ClientCertificate is not { } shown) return "";
        var known = authorities.Current.Of(vendor.Vendor);
        var (verdict, mac) = FactoryCertificateRules.Judge(shown, http.Features.Get<ShownChain>(), vendor, known, time.GetUtcNow());
        metrics.CertificateJudged(verdict);
        if (verdict != CertificateVerdict.Good) LogRefused(vendor.Vendor, verdict, shown.Thumbprint);
        return mac;
    }

    [LoggerMessage(
        EventId = 4014, Level = LogLevel.Debug,
        Message = "A certificate that a {Vendor} phone showed proves nothing: {Verdict}. Its thumbprint is {Thumbprint}.")]
    private partial void LogRefused(string vendor, CertificateVerdict verdict, string thumbprint);
}
