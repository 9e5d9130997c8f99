using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>What one edge counted since this was made, by the instrument's first tag.</summary>
internal sealed class CounterReading : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = new();

    public CounterReading(IServiceProvider edge, string instrument)
    {
        var scope = edge.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (published, l) =>
        {
            if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, scope))
            {
                l.EnableMeasurementEvents(published);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, change, tags, _) =>
            counts.AddOrUpdate(tags.Length > 0 ? $"{tags[0].Value}" : "", change, (_, before) => before + change));
        listener.Start();
    }

    public long this[string tag] => counts.GetValueOrDefault(tag);

    public void Dispose() => listener.Dispose();
}
