using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>
/// Refreshes that wait, one per binding. Those being written stay visible until they are on disk, so that a reader never sees a
/// refresh go away and come back.
/// </summary>
internal sealed class ContactQueue(int maxBindings)
{
    private readonly Lock _lock = new();
    private Dictionary<string, ImmutableDictionary<string, ContactRow>> _waiting = new(StringComparer.Ordinal);
    private Dictionary<string, ImmutableDictionary<string, ContactRow>> _writing = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Adds a refresh; a newer one for the same binding takes its place.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(ContactRow row)
    {
        lock (_lock)
        {
            var device = _waiting.GetValueOrDefault(row.Mac, ImmutableDictionary<string, ContactRow>.Empty);
            if (device.TryGetValue(row.BindingId, out var queued))
            {
                if (IsNewer(row, queued))
                    _waiting[row.Mac] = device.SetItem(row.BindingId, row);
                return true;
            }

            if (_count >= maxBindings)
                return false;
            _count++;
            _waiting[row.Mac] = device.Add(row.BindingId, row);
            return true;
        }
    }

    /// <summary>Takes everything that waits, to be written.</summary>
    public ImmutableArray<ContactRow> BeginWriting()
    {
        lock (_lock)
        {
            (_writing, _waiting) = (_waiting, new Dictionary<string, ImmutableDictionary<string, ContactRow>>(StringComparer.Ordinal));
            _count = 0;
            return [.. _writing.Values.SelectMany(device => device.Values)];
        }
    }

    /// <summary>What was taken is on disk, or it failed: then it waits again, unless something newer does.</summary>
    public void EndWriting(bool written)
    {
        lock (_lock)
        {
            var rows = _writing.Values.SelectMany(device => device.Values).ToArray();
            _writing = new Dictionary<string, ImmutableDictionary<string, ContactRow>>(StringComparer.Ordinal);
            foreach (var row in written ? [] : rows)
                TryAdd(row);
        }
    }

    /// <summary>The refreshes of one device that are not known to be on disk.</summary>
    public ImmutableArray<ContactRow> Of(string mac)
    {
        lock (_lock)
        {
            return
            [
                .. _writing.GetValueOrDefault(mac, ImmutableDictionary<string, ContactRow>.Empty).Values,
                .. _waiting.GetValueOrDefault(mac, ImmutableDictionary<string, ContactRow>.Empty).Values,
            ];
        }
    }

    /// <summary>Whether a refresh replaces another of the same binding.</summary>
    public static bool IsNewer(ContactRow row, ContactRow than) =>
        (row.Generation, row.LastSeenAtUtc).CompareTo((than.Generation, than.LastSeenAtUtc)) >= 0;
}
