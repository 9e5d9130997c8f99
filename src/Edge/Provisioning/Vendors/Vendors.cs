using SipGateway.Grains.Interfaces;

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

    /// <summary>What a SIP User-Agent says the phone is, for a grain; null when no vendor knows it.</summary>
    public static PhoneIdentity? IdentityOfSip(string userAgent) =>
        All.Select(vendor => vendor.RecognizeSip(userAgent)).FirstOrDefault(phone => phone is not null) is { } found ? IdentityOf(found) : null;

    /// <summary>As grains are told it.</summary>
    public static PhoneIdentity IdentityOf(RecognizedPhone phone) => new() { Vendor = phone.Vendor, Model = phone.Model, Firmware = phone.Firmware };
}
