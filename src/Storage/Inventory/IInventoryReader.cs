using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>Lists and look-ups over the rows that are written with the grains' states.</summary>
public interface IInventoryReader
{
    /// <summary>One page of devices, contacts overlaid; each device once, whatever lines it has.</summary>
    /// <exception cref="ArgumentException">The page key is not from this query.</exception>
    Task<Page<DeviceRow>> ListDevicesAsync(DeviceQuery query, CancellationToken cancellation);

    /// <summary>How many devices have which value; each device once, whatever lines it has.</summary>
    /// <param name="query">Which devices; its order and page do not count.</param>
    /// <param name="fields">Each but MAC, location, user and times.</param>
    /// <param name="valueLimit">Values told of each field; the rest is counted together.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentException">A field cannot be counted by.</exception>
    Task<DeviceSummary> SummarizeDevicesAsync(
        DeviceQuery query, ImmutableArray<DeviceField> fields, int valueLimit, CancellationToken cancellation);

    /// <summary>The tags that devices of a tenant have, and how many have each; commonest first, at most 1000.</summary>
    Task<IReadOnlyList<DeviceCount>> ListTagsAsync(string tenant, CancellationToken cancellation);

    /// <summary>One device as one tenant sees it; null when the tenant neither claims nor holds it.</summary>
    Task<DeviceRow?> FindDeviceAsync(string tenant, string mac, CancellationToken cancellation);

    /// <summary>Several devices as one tenant sees them, in no order; without those that it neither claims nor holds.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="macs">At most 1000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<DeviceRow>> FindDevicesAsync(string tenant, IReadOnlyCollection<string> macs, CancellationToken cancellation);

    /// <summary>A device's lines beside the first, by their numbers: rows whose MAC is a line's key, <c>MAC-NNN</c>.</summary>
    Task<IReadOnlyList<DeviceRow>> FindLinesAsync(string tenant, string mac, CancellationToken cancellation);

    /// <summary>The devices a user is signed in on, and lines of devices.</summary>
    Task<IReadOnlyList<DeviceRow>> FindDevicesOfUserAsync(string tenant, string userId, CancellationToken cancellation);

    /// <summary>One page of users, by user id.</summary>
    Task<Page<UserRow>> ListUsersAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation);

    /// <summary>One operation; null when there is none.</summary>
    Task<OperationRow?> FindOperationAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>One page of operations, newest first.</summary>
    Task<Page<OperationRow>> ListOperationsAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation);

    /// <summary>The grain key that owns a unique key; null when nobody does.</summary>
    Task<string?> FindOwnerAsync(UniqueKey key, CancellationToken cancellation);
}
