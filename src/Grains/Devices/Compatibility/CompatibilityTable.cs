using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Models of one vendor and the firmware they need.</summary>
/// <param name="Vendor">The vendor folder's name.</param>
/// <param name="Models">Names of models; a star at the end stands for any rest.</param>
/// <param name="Minimum">The oldest firmware that works; empty: any.</param>
/// <param name="Approved">The firmware from which on a phone counts as approved; empty: none.</param>
/// <param name="Note">For people.</param>
public sealed record CompatibilityRow(string Vendor, ImmutableArray<string> Models, string Minimum, string Approved, string Note)
{
    /// <summary>Whether a model is meant.</summary>
    public bool Fits(string vendor, string model) => vendor == Vendor && Models.Any(pattern => ModelPattern.Fits(pattern, model));
}

/// <summary>Which models with which firmware the gateway vouches for. The silos have it; whoever else wants to know asks a grain.</summary>
public sealed class CompatibilityTable
{
    private const string Resource = "Compatibility.tsv";

    internal CompatibilityTable(IEnumerable<CompatibilityRow> rows) => Rows = [.. rows];

    /// <summary>The table that comes with the gateway.</summary>
    public static CompatibilityTable BuiltIn { get; } = ReadBuiltIn();

    /// <summary>All rows; the first that fits counts.</summary>
    public ImmutableArray<CompatibilityRow> Rows { get; }

    /// <summary>The row of a model; null: the model is not listed.</summary>
    public CompatibilityRow? Find(string vendor, string model) => Rows.FirstOrDefault(row => row.Fits(vendor, model));

    /// <summary>How a phone stands to the table.</summary>
    public DeviceCompatibility Judge(PhoneIdentity phone)
    {
        if (phone.Vendor.Length == 0 || phone.Model.Length == 0) return DeviceCompatibility.Unknown;
        if (Find(phone.Vendor, phone.Model) is not { } row) return DeviceCompatibility.Unlisted;
        var runs = FirmwareVersion.Parse(phone.Vendor, phone.Firmware);
        if (!IsAtLeast(runs, phone.Vendor, row.Minimum)) return DeviceCompatibility.BelowMinimum;
        return row.Approved.Length > 0 && IsAtLeast(runs, phone.Vendor, row.Approved) ? DeviceCompatibility.Approved : DeviceCompatibility.Supported;
    }

    // A firmware that cannot be read is not known to be new enough.
    private static bool IsAtLeast(FirmwareVersion? runs, string vendor, string wanted) =>
        wanted.Length == 0 || (runs is not null && FirmwareVersion.Parse(vendor, wanted) is { } least && runs.CompareTo(least) >= 0);

    private static CompatibilityTable ReadBuiltIn()
    {
        using var reader = new StreamReader(typeof(CompatibilityTable).Assembly.GetManifestResourceStream(Resource)!);
        var (table, errors) = CompatibilityFile.Read(reader.ReadToEnd(), below: null);
        return table ?? throw new InvalidOperationException($"{Resource}: {string.Join(' ', errors)}");
    }
}
