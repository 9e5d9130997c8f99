using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>The inventory row by which everybody sees an operation.</summary>
internal static class OperationRows
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    public static OperationRow Row(OperationState state, string id) => new()
    {
        Tenant = state.Tenant,
        Id = id,
        Kind = KindName(state.Kind),
        Owner = $"operation/{id}",
        Status = state.Status.ToString().ToUpperInvariant(),
        Message = state.Message,
        ResultsJson = JsonSerializer.Serialize(state.Items.Select(i => new Result(i.Row, i.Mac, i.Status, i.Message)), Json),
        CreatedAtUtc = state.CreatedAtUtc ?? default,
        EndedAtUtc = state.EndedAtUtc,
    };

    public static string KindName(BulkKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    // No verification code: a code is never stored. Whoever shows the results of generateCodes asks each device that SUCCEEDED again
    // (IDeviceGrain.GenerateCode under a command id of the operation shows the same code while it is good).
    private sealed record Result(int Row, string Mac, ItemStatus Status, string Message);
}
