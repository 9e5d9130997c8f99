using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>What an operation or an event is about: names of resources as people read them, and where they lead.</summary>
internal static class Targets
{
    // Enough of an id to tell two apart.
    private const int IdShown = 8;

    /// <summary>Without the tenant; a MAC in groups.</summary>
    public static string Short(string name) => Parts(name) switch
    {
        ["devices", var mac] => LineOf(mac) is { } line ? $"{Readable.Mac(mac[..12])} · {Texts.Line(line)}" : Readable.Mac(mac),
        ["devices", var mac, "lines", var line, ..] => $"{Readable.Mac(mac)} · {Texts.Line(line)}",
        ["operations", { Length: > IdShown } id] => $"operations/{id[..IdShown]}…",
        var parts => string.Join('/', parts),
    };

    /// <summary>Its page; null when it has none.</summary>
    public static string? PathOf(string name) => Parts(name) switch
    {
        ["devices", var mac] when IsMac(mac) => PortalPaths.Device(LineOf(mac) is { } line ? $"{mac[..12]}/lines/{line}" : mac),
        ["devices", var mac, "lines", var line] when IsMac(mac) && line.All(char.IsAsciiDigit) => PortalPaths.Device($"{mac}/lines/{line}"),
        ["users", var user] => Areas.User(user),
        ["policies", var policy] => Areas.Policy(policy),
        ["sites", _] => Areas.Sites,
        ["operations", var operation] => Areas.Operation(operation),
        _ => null,
    };

    private static string[] Parts(string name) => name.Split('/') is ["tenants", _, .. var rest] && rest.Length > 0 ? rest : name.Split('/');

    private static bool IsMac(string text) => text.Length >= 12 && text[..12].All(char.IsAsciiHexDigit);

    // The key of a line beside the first is MAC-002.
    private static string? LineOf(string key) => key.Length > 13 && key[12] == '-' && IsMac(key) ? key[13..].TrimStart('0') : null;
}

/// <summary>What an operation does, in words.</summary>
internal static class Kinds
{
    /// <summary>Of this one.</summary>
    public static string Of(Operation operation) => operation.Metadata.Kind switch
    {
        "import" or "claim" => Texts.KindImport,
        "generateCodes" => Texts.KindCodes,
        var kind => Texts.OperationOf(kind),
    };
}
