using Google.Protobuf;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>What a request is about, read from its fields by AIP names: <c>name</c>, <c>parent</c>, or the name of the resource in it.</summary>
/// <param name="Name">As sent; empty when it names nothing.</param>
/// <param name="Tenant">Empty for the gateway as a whole.</param>
internal sealed record RequestTarget(string Name, string Tenant)
{
    private const string Tenants = "tenants/";

    /// <summary>The target of any request of this API.</summary>
    public static RequestTarget Of(object request)
    {
        var name = request is IMessage message ? Text(message, "name") ?? Text(message, "parent") ?? Inner(message) ?? "" : "";
        var tenant = name.StartsWith(Tenants, StringComparison.Ordinal) ? name[Tenants.Length..].Split('/')[0] : "";
        return new RequestTarget(name, TenantName.IsValid(tenant) ? tenant : "");
    }

    private static string? Inner(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType == Google.Protobuf.Reflection.FieldType.Message && !field.IsRepeated
                && field.Accessor.GetValue(message) is IMessage inner && Text(inner, "name") is { } name)
            {
                return name;
            }
        }

        return null;
    }

    private static string? Text(IMessage message, string field) =>
        message.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message) is string { Length: > 0 } text ? text : null;
}
