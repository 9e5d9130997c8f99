using System.Numerics;

namespace SipGateway.Edge;

/// <summary>
/// Numbers by key in memory of a fixed size. A key has eight places; when they are taken, the lowest number goes: numbers are made so that the
/// lowest is missed least. Two keys never share a number.
/// </summary>
internal sealed class FixedTable
{
    private const int Ways = 8;
    private const int GateCount = 64;

    private readonly Entry[] entries;
    private readonly Lock[] gates = [.. Enumerable.Range(0, GateCount).Select(_ => new Lock())];
    private readonly int groupMask;

    /// <param name="capacity">How many numbers it has room for; made a power of two.</param>
    public FixedTable(int capacity)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Ways, capacity));
        entries = new Entry[size];
        groupMask = (size / Ways) - 1;
    }

    /// <summary>The number of a key; 0 when it has none.</summary>
    public long Read(ulong key)
    {
        var group = Group(key);
        lock (Gate(group))
        {
            foreach (ref readonly var entry in Places(group))
            {
                if (entry.Key == key)
                {
                    return entry.Number;
                }
            }

            return 0;
        }
    }

    /// <summary>Gives a key a number.</summary>
    public void Write(ulong key, long number)
    {
        var group = Group(key);
        lock (Gate(group))
        {
            Place(group, key) = new Entry(key, number);
        }
    }

    /// <summary>Makes a key's number from the one it has, 0 for none. Nobody comes in between.</summary>
    /// <returns>The number before.</returns>
    public long Change<TArgument>(ulong key, TArgument argument, Func<long, TArgument, long> change)
    {
        var group = Group(key);
        lock (Gate(group))
        {
            ref var place = ref Place(group, key);
            var before = place.Key == key ? place.Number : 0;
            place = new Entry(key, change(before, argument));
            return before;
        }
    }

    /// <summary>Looks at every number, in no order and not at one instant.</summary>
    public void ForEach<TArgument>(TArgument argument, Action<long, TArgument> look)
    {
        for (var group = 0; group <= groupMask; group++)
        {
            lock (Gate(group))
            {
                foreach (ref readonly var entry in Places(group))
                {
                    look(entry.Number, argument);
                }
            }
        }
    }

    private int Group(ulong key) => (int)(key >> 32) & groupMask;

    private Lock Gate(int group) => gates[group & (GateCount - 1)];

    private Span<Entry> Places(int group) => entries.AsSpan(group * Ways, Ways);

    private ref Entry Place(int group, ulong key)
    {
        var places = Places(group);
        var lowest = 0;
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].Key == key)
            {
                return ref places[i];
            }

            lowest = places[i].Number < places[lowest].Number ? i : lowest;
        }

        return ref places[lowest];
    }

    private readonly record struct Entry(ulong Key, long Number);
}
