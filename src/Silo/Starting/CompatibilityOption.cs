using SipGateway.Grains.Devices;
using SipGateway.Hosting;

namespace SipGateway.Silo;

/// <summary>The option of every process that runs grains: a file over the compatibility table that comes with the gateway.</summary>
public static class CompatibilityOption
{
    /// <summary>Its name.</summary>
    public const string Name = "compatibility-file";

    /// <summary>Name, default and words.</summary>
    public static readonly KnownOption Known = new(
        Name, "", "Table of models with their minimum and approved firmware, over the one that comes with the gateway. Default: that one alone.");

    /// <summary>The table; every error of the file goes to <paramref name="wrong"/>.</summary>
    /// <param name="path">The file; empty for none.</param>
    /// <param name="wrong">Takes one sentence.</param>
    public static CompatibilityTable Read(string path, Action<string> wrong)
    {
        var (table, errors) = CompatibilityFile.Load(path);
        foreach (var error in errors) wrong(error);
        return table ?? CompatibilityTable.BuiltIn;
    }
}
