using System.Diagnostics.Metrics;

namespace SipGateway.Edge;

/// <summary>What the phones' SIP side counts. No tag names a phone, a user or an address.</summary>
internal sealed class EdgeSipMetrics
{
    public const string MeterName = "SipGateway.Edge";

    private readonly Counter<long> received;
    private readonly Counter<long> dropped;
    private readonly Counter<long> responses;
    private readonly Counter<long> retransmissions;
    private readonly Counter<long> refusals;
    private readonly Counter<long> bans;
    private readonly Histogram<double> grainCallSeconds;
    private readonly Counter<long> notifies;
    private readonly UpDownCounter<long> connections;
    private readonly Counter<long> handshakes;

    private readonly Counter<long> plugAndPlays;

    private long plainChallenges;
    private long plainRefreshes;
    private long otherRegistrations;

    public EdgeSipMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        received = meter.CreateCounter<long>(
            "sipgateway.edge.sip.messages", "{message}", "Messages received, by transport and outcome of parsing.");
        dropped = meter.CreateCounter<long>("sipgateway.edge.sip.dropped", "{message}", "Messages dropped without an answer, by reason.");
        responses = meter.CreateCounter<long>("sipgateway.edge.sip.responses", "{response}", "Responses sent, by method and status.");
        retransmissions = meter.CreateCounter<long>(
            "sipgateway.edge.sip.retransmissions", "{message}", "Requests that a transaction absorbed.");
        refusals = meter.CreateCounter<long>(
            "sipgateway.edge.sip.refusals", "{request}",
            "Requests that were refused to protect the edge or others, by reason: wrong_digest, slowed, banned, device_rate, amplification.");
        bans = meter.CreateCounter<long>("sipgateway.edge.sip.bans", "{ban}", "Bans that began, by scope: name (of one source), source.");
        grainCallSeconds = meter.CreateHistogram<double>(
            "sipgateway.edge.grain_call.duration", "s", "Time of grain calls, by name and outcome.");
        notifies = meter.CreateCounter<long>("sipgateway.edge.notifies", "{request}", "NOTIFY requests that ended, by status.");
        meter.CreateObservableCounter(
            "sipgateway.edge.sip.plain_registers",
            () => new Measurement<long>[]
            {
                new(Interlocked.Read(ref plainChallenges), new KeyValuePair<string, object?>("status", 401)),
                new(Interlocked.Read(ref plainRefreshes), new KeyValuePair<string, object?>("status", 200)),
            },
            "{message}",
            "REGISTER requests answered where they were received, by status; not counted among the others.");
        connections = meter.CreateUpDownCounter<long>("sipgateway.edge.sip.connections", "{connection}", "Open connections.");
        plugAndPlays = meter.CreateCounter<long>(
            "sipgateway.edge.plug_and_play.requests", "{request}",
            "Datagrams to the group that phones ask for their server, by outcome: answered, not_on_link, rate, malformed, other, amplification, "
                + "send_failed, fault.");
        handshakes = meter.CreateCounter<long>("sipgateway.edge.sip.handshakes", "{handshake}", "TLS handshakes that ended, by outcome.");
    }

    /// <summary>REGISTER requests granted since the start.</summary>
    public long Registrations => Interlocked.Read(ref plainRefreshes) + Interlocked.Read(ref otherRegistrations);

    public void Received(string transport, string outcome) =>
        received.Add(1, new("network.transport", transport), new KeyValuePair<string, object?>("error.type", outcome));

    public void PlainChallenge() => Interlocked.Increment(ref plainChallenges);

    public void PlainRefresh() => Interlocked.Increment(ref plainRefreshes);

    public void Dropped(string reason) => dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Responded(string method, int statusCode)
    {
        if (statusCode == 200 && method == "REGISTER") Interlocked.Increment(ref otherRegistrations);
        responses.Add(1, new("method", method), new KeyValuePair<string, object?>("status", statusCode));
    }

    public void Refused(string reason) => refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void BanBegan(string scope) => bans.Add(1, new KeyValuePair<string, object?>("scope", scope));

    public void Retransmission() => retransmissions.Add(1);

    public void GrainCall(string name, string outcome, double seconds) =>
        grainCallSeconds.Record(seconds, new("call", name), new KeyValuePair<string, object?>("outcome", outcome));

    public void Notified(int statusCode) => notifies.Add(1, new KeyValuePair<string, object?>("status", statusCode));

    public void Handshake(string outcome) => handshakes.Add(1, new KeyValuePair<string, object?>("error.type", outcome));

    public void PlugAndPlay(string outcome) => plugAndPlays.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Connections(int change) => connections.Add(change);
}
