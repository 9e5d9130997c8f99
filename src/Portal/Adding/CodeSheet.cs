using Google.Protobuf.WellKnownTypes;

namespace SipGateway.Portal;

/// <summary>The codes that were made last in this window. They are kept nowhere else: a reload forgets them.</summary>
internal sealed class CodeSheet
{
    /// <summary>One phone's code.</summary>
    /// <param name="Phone">Its MAC, as it is printed on its back.</param>
    /// <param name="Location">Where it is to stand.</param>
    /// <param name="Code">The digits.</param>
    /// <param name="Ends">When it ends.</param>
    public sealed record Entry(string Phone, string Location, string Code, Timestamp? Ends);

    /// <summary>The codes, in the order in which somebody walks: by location.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    /// <summary>Takes the codes of a run in the place of those before.</summary>
    public void Put(IEnumerable<BulkRow> rows) => Entries =
    [
        .. rows.Select(r => new Entry(Readable.NameOf(r.Device), r.Device.Location, r.Code, r.CodeEnds))
            .OrderBy(e => e.Location, StringComparer.CurrentCultureIgnoreCase).ThenBy(e => e.Phone, StringComparer.Ordinal),
    ];
}
