using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using SipGateway.Admin.V1;
using SipGateway.Storage;
using Status = Google.Rpc.Status;

namespace SipGateway.AdminApi;

/// <summary>Operations as the API shows them.</summary>
internal static class OperationMessages
{
    private const string Running = "RUNNING";
    private const string Succeeded = "SUCCEEDED";
    private static readonly JsonSerializerOptions Web = new(
        JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <summary>The name of an operation.</summary>
    public static string NameOf(string tenant, string id) => $"tenants/{tenant}/operations/{id}";

    /// <summary>An operation from its row.</summary>
    public static Operation FromRow(OperationRow row)
    {
        var operation = new Operation
        {
            Name = NameOf(row.Tenant, row.Id),
            Done = row.Status != Running,
            Metadata = new OperationMetadata
            {
                Kind = row.Kind,
                Target = row.Owner.StartsWith("device/", StringComparison.Ordinal)
                    ? DeviceMessages.NameOf(row.Tenant, row.Owner["device/".Length..]) : "",
                Status = row.Status,
                Message = row.Message,
                CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAtUtc),
                EndTime = DeviceMessages.TimeOf(row.EndedAtUtc),
            },
        };
        if (operation.Done)
        {
            operation.Response = new OperationResponse { Status = row.Status, Message = row.Message };
            operation.Response.Results.AddRange(ResultsOf(row.ResultsJson));
            operation.Error = ErrorOf(row);
        }
        else
        {
            operation.Metadata.PartialResults.AddRange(ResultsOf(row.ResultsJson));
        }

        return operation;
    }

    /// <summary>As in a list: an import has thousands of results, and a page has many imports.</summary>
    public static Operation Listed(OperationRow row, OperationView view)
    {
        var isRunning = row.Status == Running;
        return FromRow(view == OperationView.Basic || isRunning ? row with { ResultsJson = "" } : row);
    }

    /// <summary>An operation that has only just begun, or that had nothing left to do.</summary>
    public static Operation Fresh(string name, string kind, string target, bool done, DateTimeOffset now) => new()
    {
        Name = name,
        Done = done,
        Metadata = new OperationMetadata
        {
            Kind = kind,
            Target = target,
            Status = done ? Succeeded : Running,
            CreateTime = Timestamp.FromDateTimeOffset(now),
            EndTime = done ? Timestamp.FromDateTimeOffset(now) : null,
        },
        Response = done ? new OperationResponse { Status = Succeeded } : null,
    };

    private static Status? ErrorOf(OperationRow row) => row.Status switch
    {
        Succeeded => null,
        "CANCELLED" => StatusOf(Code.Cancelled, row),
        "UNPROVEN" => StatusOf(Code.Unknown, row),
        _ => StatusOf(Code.Aborted, row),
    };

    private static Status StatusOf(Code code, OperationRow row) => new()
    {
        Code = (int)code,
        Message = row.Message,
        Details = { Any.Pack(new ErrorInfo { Reason = row.Status, Domain = AdminErrors.Domain }) },
    };

    private static IEnumerable<OperationResponse.Types.Result> ResultsOf(string json) => json.Length == 0
        ? []
        : (JsonSerializer.Deserialize<StoredResult[]>(json, Web) ?? []).Select(r => new OperationResponse.Types.Result
        {
            Row = r.Row,
            Item = r.Item ?? r.Mac ?? "",
            Status = r.Status ?? "",
            Message = r.Message ?? "",
        });

    private sealed record StoredResult(int Row, string? Item, string? Mac, string? Status, string? Message);
}
