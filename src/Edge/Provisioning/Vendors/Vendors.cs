namespace SipGateway.Edge;

/// <summary>Every vendor's folder. A new one is found by its class; nothing else names it.</summary>
internal static class Vendors
{
    /// <summary>All vendors, in the order of their names.</summary>
    public static IReadOnlyList<IVendor> All { get; } =
    [
        .. typeof(Vendors).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IVendor)))
            .Select(type => (IVendor)Activator.CreateInstance(type)!)
            .OrderBy(vendor => vendor.Vendor, StringComparer.Ordinal),
    ];
}
