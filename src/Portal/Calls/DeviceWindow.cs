using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// Which phones one page of a list may have to show: in the order of MACs those between its ends, in another order any, and of these those that match.
/// </summary>
/// <param name="Low">The lowest MAC; null: none is too low.</param>
/// <param name="High">The highest.</param>
/// <param name="Match">What the list is narrowed to.</param>
/// <param name="OrderOf">What it is ordered by, of a phone; null for the MAC, which does not change.</param>
internal sealed record DeviceWindow(string? Low, string? High, DeviceMatch Match, Func<Device, string>? OrderOf = null)
{
    /// <summary>No phone.</summary>
    public static readonly DeviceWindow Nothing = new(null, null, new DeviceMatch(_ => false, _ => false));

    /// <summary>Of one page of a list.</summary>
    public static DeviceWindow Of(DeviceQuery query, IReadOnlyList<Device> page, bool isFirst, bool isLast)
    {
        var isUp = query.OrderBy is "" or "mac";
        if (!isUp && query.OrderBy != "mac desc")
        {
            return new DeviceWindow(null, null, query.Match(), DeviceColumn.All.First(column => column.Word == query.Order.TrimStart('-')).Read);
        }

        // A phone beyond both ends of the page belongs to another page.
        var (low, high) = page.Count == 0 ? (null, null) : isUp ? (page[0].Mac, page[^1].Mac) : (page[^1].Mac, page[0].Mac);
        var (isOpenBelow, isOpenAbove) = isUp ? (isFirst, isLast) : (isLast, isFirst);
        return new DeviceWindow(isOpenBelow ? null : low, isOpenAbove ? null : high, query.Match());
    }

    /// <summary>Whether a phone on the page surely stays on it, and at its place.</summary>
    /// <param name="before">As it was shown.</param>
    /// <param name="now">As it is; null when it is gone.</param>
    public bool Keeps(Device before, Device? now) => now is not null && Match.Surely(now) && (OrderOf is null || OrderOf(before) == OrderOf(now));

    /// <summary>Whether a phone that is not on the page may have to come onto it.</summary>
    /// <param name="news">What changed.</param>
    /// <param name="isShown">Whether a phone is on the page, by its name.</param>
    public bool MayGrow(DeviceNews news, Func<string, bool> isShown)
    {
        foreach (var device in news.Between(Low, High))
        {
            if (!isShown(device.Name) && Match.May(device))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a list is narrowed to, as far as it is known here; the API has the last word.</summary>
/// <param name="May">Whether a phone may match; yes in doubt.</param>
/// <param name="Surely">Whether it does; no in doubt.</param>
internal sealed record DeviceMatch(Func<Device, bool> May, Func<Device, bool> Surely);
