namespace SipGateway.AdminApi;

/// <summary>How a DHCP server tells a vendor's phones, and what they read.</summary>
/// <param name="Name">Lower-case.</param>
/// <param name="Options">Of 66 and 160, those that its phones read.</param>
/// <param name="Blocks">The first six digits of its MAC addresses, lower-case.</param>
internal sealed record DhcpVendor(string Name, IReadOnlyList<int> Options, IReadOnlyList<string> Blocks);

/// <summary>The vendors whose MAC addresses fit into a snippet.</summary>
internal static class DhcpVendors
{
    /// <summary>All, by name.</summary>
    public static readonly IReadOnlyList<DhcpVendor> All =
    [
        new("audiocodes", [66, 160], ["00908f"]),
        new("fanvil", [66], ["0c383e"]),
        new("gigaset", [66], ["14b370", "002104", "589ec6", "7c2f80"]),
        new("grandstream", [66], ["000b82", "144cff", "c074ad", "ec74d7"]),
        new("mitel", [66, 160], ["00085d", "0010bc", "08000f", "1400e9"]),
        new("panasonic", [66, 160], ["0080f0", "080023", "bc3e0b", "bcc342"]),
        new("poly", [66, 160], ["0004f2", "0ce0e4", "482567", "48c1ac", "64167f"]),
        new("snom", [66], ["000413", "1c7126"]),
        new("yealink",
            [66],
            ["001565", "249ad8", "3497d7", "44dbd2", "644f56", "805e0c", "805ec0", "b061a9", "c4fc22", "ec1da9", "f01653"]),
    ];

    /// <summary>One by its name in any case; null when it is not among them.</summary>
    public static DhcpVendor? Find(string name) => All.FirstOrDefault(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Why a name is not among them, and what is.</summary>
    public static string WhyNot(string name) => name.Equals("cisco", StringComparison.OrdinalIgnoreCase)
        ? "Cisco's phones share hundreds of address blocks with its other machines, so no snippet can pick them by MAC; leave the vendor out"
        : $"'{ResourceNames.Shown(name)}' is no vendor whose phones a snippet can pick; it may be {string.Join(", ", All.Select(v => v.Name))}, or left out";
}
