using System.Diagnostics.Metrics;

namespace SipGateway.Storage;

/// <summary>What the storage counts; no key, no tenant and no user is a tag.</summary>
internal sealed class StorageMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SipGateway.Storage";

    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _rows;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _sealed;

    public StorageMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _duration = meter.CreateHistogram<double>("sipgateway.storage.batch.duration", "s", "Time one transaction took");
        _rows = meter.CreateHistogram<int>("sipgateway.storage.batch.writes", "{write}", "Writes in one transaction");
        _failed = meter.CreateCounter<long>("sipgateway.storage.writes.failed", "{write}", "Writes of failed transactions");
        _dropped = meter.CreateCounter<long>("sipgateway.storage.dropped", "{row}", "Rows dropped because a queue was full");
        _sealed = meter.CreateCounter<long>("sipgateway.storage.audit.sealed", "{row}", "Audit rows sealed");
    }

    public void Committed(int rows, TimeSpan duration)
    {
        _rows.Record(rows);
        _duration.Record(duration.TotalSeconds);
    }

    public void Failed(int rows, Exception exception) =>
        _failed.Add(rows, new KeyValuePair<string, object?>("error.type", exception.GetType().Name));

    public void Dropped(string queue, int rows = 1) => _dropped.Add(rows, new KeyValuePair<string, object?>("queue", queue));

    public void Sealed(int rows) => _sealed.Add(rows);
}
