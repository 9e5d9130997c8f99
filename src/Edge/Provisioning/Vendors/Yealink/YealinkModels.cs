using System.Globalization;

namespace SipGateway.Edge;

/// <summary>
/// Each model's number, which is in the name of its common file (<c>y0000000000NN.cfg</c>) and in its firmware's first part.
/// </summary>
internal static class YealinkModels
{
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["T19P"] = 53, ["T19P_E2"] = 53, ["T20P"] = 7, ["T21P"] = 52, ["T21P_E2"] = 52, ["T22P"] = 5,
        ["T23G"] = 44, ["T23P"] = 44, ["T26P"] = 4, ["T27P"] = 45, ["T27G"] = 69, ["T28P"] = 0,
        ["T29G"] = 46, ["T30"] = 127, ["T31G"] = 123, ["T31P"] = 123, ["T31W"] = 172, ["T33G"] = 124,
        ["T33P"] = 124, ["T34W"] = 171, ["T38G"] = 38, ["T40P"] = 54, ["T40G"] = 76, ["T41P"] = 36,
        ["T41S"] = 68, ["T42G"] = 29, ["T42S"] = 67, ["T42U"] = 116, ["T43U"] = 107, ["T44W"] = 174,
        ["T46G"] = 28, ["T46S"] = 66, ["T46U"] = 108, ["T48G"] = 35, ["T48S"] = 65, ["T48U"] = 109,
        ["T49G"] = 51, ["T52S"] = 74, ["T53"] = 95, ["T53W"] = 95, ["T54S"] = 70, ["T54W"] = 96,
        ["T56A"] = 56, ["T57W"] = 97, ["T58A"] = 58, ["T58W"] = 150, ["T73U"] = 186, ["T73W"] = 183,
        ["T74U"] = 187, ["T74W"] = 184, ["T77U"] = 188, ["T85W"] = 196, ["T87W"] = 197, ["T88V"] = 192,
        ["T88W"] = 192, ["CP860"] = 37, ["CP920"] = 78, ["CP925"] = 148, ["CP960"] = 73, ["CP965"] = 143,
        ["W52P"] = 25, ["W56P"] = 25, ["W60B"] = 77, ["W70B"] = 146, ["W80"] = 175, ["AX83H"] = 180,
        ["AX86R"] = 182, ["VP59"] = 91, ["VP530"] = 23,
    };

    // Handsets of the DECT bases, from their data sheets; managers of many bases have more than a SIP name can number.
    private static readonly Dictionary<string, int> Handsets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["W52P"] = 5, ["W53P"] = 8, ["W56P"] = 5, ["W60B"] = 8, ["W70B"] = 10, ["W73P"] = 10, ["W75B"] = 60, ["W80"] = 100, ["W80B"] = 100, ["W90B"] = 250,
    };

    /// <summary>The handsets of a DECT base; 1 for a phone.</summary>
    public static int LinesOf(string model) => Handsets.GetValueOrDefault(model, 1);

    /// <summary>The model's common file; empty for a model nobody wrote down: it gets everything in its own file.</summary>
    public static string CommonFileOf(string model) =>
        Numbers.TryGetValue(model, out var number) && number > 0 ? string.Create(CultureInfo.InvariantCulture, $"y{number:D12}.cfg") : "";
}
