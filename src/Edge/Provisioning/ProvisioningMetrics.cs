using System.Diagnostics.Metrics;

namespace SipGateway.Edge;

/// <summary>What happens on the phones' HTTP side; never tagged with a MAC or a source.</summary>
internal sealed class ProvisioningMetrics
{
    public const string MeterName = "SipGateway.Edge.Provisioning";
    public const string AnswersName = "sipgateway.provisioning.answers";
    public const string WalksName = "sipgateway.provisioning.mac_walks";

    public const string CertificatesName = "sipgateway.provisioning.certificates";

    private readonly Counter<long> answers;
    private readonly Counter<long> walks;
    private readonly Counter<long> certificates;

    public ProvisioningMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        answers = meter.CreateCounter<long>(AnswersName, "{answer}", "Answers to phones by what they were.");
        walks = meter.CreateCounter<long>(WalksName, "{source}", "Sources that asked for too many MACs within ten minutes.");
        certificates = meter.CreateCounter<long>(CertificatesName, "{certificate}", "Factory certificates that phones showed, by what they were worth.");
    }

    /// <summary>One answer.</summary>
    /// <param name="what">
    /// Such as <c>bootstrap</c>, <c>config</c>, <c>redirect</c>, <c>screen</c>, <c>unknown_phone</c>, <c>mac_mismatch</c>, <c>too_many</c>, <c>unavailable</c>.
    /// </param>
    public void Answered(string what) => answers.Add(1, new KeyValuePair<string, object?>("answer", what));

    /// <summary>One source walks MACs.</summary>
    public void WalkSeen() => walks.Add(1);

    /// <summary>One factory certificate was judged: <c>good</c>, <c>foreign</c>, <c>notnow</c>, <c>generic</c>, <c>toolong</c>.</summary>
    public void CertificateJudged(CertificateVerdict verdict) =>
        certificates.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString().ToLowerInvariant()));
}
