namespace SipGateway.Storage.Tests.Inventory;

internal static class WholeLists
{
    /// <summary>The MACs of all pages, in their order.</summary>
    public static async Task<List<string>> MacsAsync(this IInventoryReader inventory, DeviceQuery query)
    {
        var macs = new List<string>();
        do
        {
            var page = await inventory.ListDevicesAsync(query, default);
            macs.AddRange(page.Items.Select(row => row.Mac));
            query = query with { PageKey = page.NextKey };
        }
        while (query.PageKey is not null);
        return macs;
    }
}
