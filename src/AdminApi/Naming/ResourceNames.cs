using System.Globalization;
using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>Resource names (AIP-122) to ids and back. What does not read as a name is refused with what one looks like.</summary>
internal static class ResourceNames
{
    /// <summary>An id of a policy or site.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= AdminApiLimits.MaxIdChars && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>An id of a user.</summary>
    public static bool IsUserId(string text) =>
        text.Length is > 0 and <= AdminApiLimits.MaxIdChars
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+');

    /// <summary>The tenant of <c>tenants/{t}</c>.</summary>
    public static string Tenant(string name, string field = "parent") => Split(name, field, "tenants/{tenant}", "tenants")[0];

    /// <summary>Tenant and MAC of <c>tenants/{t}/devices/{mac}</c>; of one of its lines, <c>…/lines/{n}</c>, tenant and the line's key.</summary>
    public static (string Tenant, string Mac) Device(string name, string field = "name")
    {
        if (name.Contains("/lines/", StringComparison.Ordinal))
        {
            var (tenant, mac, line) = Line(name);
            return (tenant, LineKey.Of(mac, line));
        }

        var ids = Split(name, field, "tenants/{tenant}/devices/{mac}", "tenants", "devices");
        return (ids[0], Mac(ids[1], field));
    }

    /// <summary>Tenant, MAC and number of <c>tenants/{t}/devices/{mac}/lines/{n}</c>.</summary>
    public static (string Tenant, string Mac, int Line) Line(string name)
    {
        var ids = Split(name, "name", "tenants/{tenant}/devices/{mac}/lines/{number}", "tenants", "devices", "lines");
        return int.TryParse(ids[2], NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line is >= 1 and <= LineKey.MaxLine
            ? (ids[0], LineKey.MacOf(Mac(ids[1], "name")), line)
            : throw AdminErrors.Invalid("name", $"a line is a number from 1 to {LineKey.MaxLine}");
    }

    /// <summary>Tenant, MAC and file of <c>tenants/{t}/devices/{mac}/files/{file}</c>.</summary>
    public static (string Tenant, string Mac, string File) File(string name)
    {
        var ids = Split(name, "name", "tenants/{tenant}/devices/{mac}/files/{file}", "tenants", "devices", "files");
        return (ids[0], Mac(ids[1], "name"), Id(ids[2], "name"));
    }

    /// <summary>Tenant and id of a user.</summary>
    public static (string Tenant, string UserId) User(string name, string field = "name")
    {
        var ids = Split(name, field, "tenants/{tenant}/users/{user}", "tenants", "users");
        return (ids[0], UserId(ids[1], field));
    }

    /// <summary>Tenant and id of a policy or a site.</summary>
    public static (string Tenant, string Id) Named(string name, string collection, string field = "name")
    {
        var ids = Split(name, field, $"tenants/{{tenant}}/{collection}/{{id}}", "tenants", collection);
        return (ids[0], Id(ids[1], field));
    }

    /// <summary>Tenant and id of an operation.</summary>
    public static (string Tenant, string Id) Operation(string name) => Named(name, "operations");

    /// <summary>A MAC in any notation as 12 lower-case hex digits; with <c>:NNN</c> behind it a line's key.</summary>
    public static string Mac(string text, string field) => LineKey.TryParse(text, out var mac)
        ? mac
        : throw AdminErrors.Invalid(field, $"'{Shown(text)}' is no MAC address; write 12 hex digits, such as 00:15:65:aa:bb:cc",
            "INVALID_MAC");

    /// <summary>A checked id.</summary>
    public static string Id(string text, string field) => IsId(text)
        ? text
        : throw AdminErrors.Invalid(field,
            $"'{Shown(text)}' is no id: letters, digits and . _ - only, at most {AdminApiLimits.MaxIdChars}");

    /// <summary>A checked user id.</summary>
    public static string UserId(string text, string field) => IsUserId(text)
        ? text
        : throw AdminErrors.Invalid(field,
            $"'{Shown(text)}' is no user id: letters, digits and . _ - @ + only, at most {AdminApiLimits.MaxIdChars}");

    /// <summary>A user given as id or as name of this tenant.</summary>
    public static string UserOf(string tenant, string text, string field)
    {
        var prefix = $"tenants/{tenant}/users/";
        return UserId(text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text, field);
    }

    /// <summary>What somebody sent, short and without control characters.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(40)) + (text.Length > 40 ? "…" : "");

    private static string[] Split(string name, string field, string shape, params ReadOnlySpan<string> collections)
    {
        var parts = name.Split('/');
        if (parts.Length != collections.Length * 2)
        {
            throw Wrong();
        }

        var ids = new string[collections.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = parts[i * 2] == collections[i] && parts[(i * 2) + 1].Length > 0 ? parts[(i * 2) + 1] : throw Wrong();
        }

        return TenantName.IsValid(ids[0])
            ? ids
            : throw AdminErrors.Invalid(field,
                $"'{Shown(ids[0])}' is no tenant: lower-case letters, digits and hyphens, at most {TenantName.MaxChars}");

        Grpc.Core.RpcException Wrong() => AdminErrors.Invalid(field, $"'{Shown(name)}' is not of the form {shape}");
    }
}
