using Orleans.Runtime;

namespace SipGateway.Storage;

/// <summary>Names one stored state.</summary>
internal readonly record struct StateKey(string GrainType, string Key, string StateName) : IComparable<StateKey>
{
    public static StateKey Of(string stateName, GrainId grain) => new(grain.Type.ToString()!, grain.Key.ToString()!, stateName);

    /// <summary>Ordinal by type, key, name: every writer takes rows in this order, so that two of them never wait for each other.</summary>
    public int CompareTo(StateKey other)
    {
        var byType = string.CompareOrdinal(GrainType, other.GrainType);
        if (byType != 0)
            return byType;
        var byKey = string.CompareOrdinal(Key, other.Key);
        return byKey != 0 ? byKey : string.CompareOrdinal(StateName, other.StateName);
    }

    public override string ToString() => $"{GrainType}/{Key}/{StateName}";
}
