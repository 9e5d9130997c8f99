using System.Diagnostics.Metrics;

namespace SipGateway.Edge;

/// <summary>What happens on the phones' HTTP side; never tagged with a MAC or a source.</summary>
internal sealed class ProvisioningMetrics
{
    private readonly Counter<long> answers;

    public ProvisioningMetrics(IMeterFactory meters) =>
        answers = meters.Create("SipGateway.Edge.Provisioning").CreateCounter<long>("sipgateway.provisioning.answers", "{answer}", "Answers to phones by what they were.");

    /// <summary>One answer.</summary>
    /// <param name="what">Such as <c>bootstrap</c>, <c>config</c>, <c>screen</c>, <c>unknown_phone</c>, <c>mac_mismatch</c>, <c>too_many</c>, <c>unavailable</c>.</param>
    public void Answered(string what) => answers.Add(1, new KeyValuePair<string, object?>("answer", what));
}
