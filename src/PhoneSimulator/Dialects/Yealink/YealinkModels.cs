namespace SipGateway.PhoneSimulator;

/// <summary>The number of a model: it begins the firmware version and names the common file <c>y0000000000NN.cfg</c>.</summary>
internal static class YealinkModels
{
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["T19P_E2"] = 53, ["T21P_E2"] = 52, ["T23G"] = 44, ["T27G"] = 69, ["T29G"] = 46, ["T31G"] = 123, ["T31W"] = 172, ["T33G"] = 124,
        ["T34W"] = 171, ["T40P"] = 54, ["T40G"] = 76, ["T41P"] = 36, ["T41S"] = 68, ["T42G"] = 29, ["T42S"] = 67, ["T42U"] = 116,
        ["T43U"] = 107, ["T44W"] = 174, ["T46G"] = 28, ["T46S"] = 66, ["T46U"] = 108, ["T48G"] = 35, ["T48S"] = 65, ["T48U"] = 109,
        ["T53"] = 95, ["T53W"] = 95, ["T54W"] = 96, ["T57W"] = 97, ["T58W"] = 150, ["T73U"] = 186, ["T74U"] = 187, ["T85W"] = 196,
        ["T87W"] = 197, ["CP960"] = 73, ["W60B"] = 77, ["W70B"] = 146,
    };

    /// <exception cref="ArgumentException">An unknown model.</exception>
    public static int NumberOf(string model) => Numbers.TryGetValue(model, out var number)
        ? number
        : throw new ArgumentException($"'{model}' is no model this simulator knows: {string.Join(", ", Numbers.Keys)}.", nameof(model));
}
