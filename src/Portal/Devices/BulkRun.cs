using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>What the thing needs beside the phones.</summary>
/// <param name="Site">Where they go; empty for none.</param>
/// <param name="AddTags">Tags that they get.</param>
/// <param name="RemoveTags">Tags that they lose.</param>
internal sealed record BulkDetails(string Site, IReadOnlyList<string> AddTags, IReadOnlyList<string> RemoveTags);

/// <summary>Does one thing with many phones: some at a time, each with a result of its own. Runs on the page's own thread.</summary>
internal sealed class BulkRun(AdminClient admin, BulkKind kind, IReadOnlyList<Device> devices, BulkDetails details, TimeProvider time)
{
    /// <summary>Phones of one run: a large site, and an answer that somebody still reads.</summary>
    public const int MaxDevices = 5000;

    // One administrator does not crowd out phones.
    private const int AtOnce = 8;

    // Phones restart within minutes; what is not proved by then is told as it stands.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Each phone and what came of it.</summary>
    public IReadOnlyList<BulkRow> Rows { get; } = [.. devices.Select(d => new BulkRow(d))];

    /// <summary>Whether it has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How many phones nothing more comes of.</summary>
    public int Over => Rows.Count(r => r.IsOver);

    /// <summary>Runs to the end, or until nobody waits; what was asked for by then happens all the same.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            if (kind == BulkKind.Codes)
            {
                await MakeCodesAsync(cancellation);
            }
            else
            {
                var rows = new Queue<BulkRow>(Rows);
                await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => AskAsync(rows, cancellation)));
                await LookAfterAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody waits any more.
        }

        IsOver = true;
    }

    private async Task MakeCodesAsync(CancellationToken cancellation)
    {
        foreach (var some in Rows.Chunk(AdminClient.MaxAtOnce))
        {
            var request = new BatchGenerateVerificationCodesRequest { Parent = admin.Tenant, RequestId = AdminClient.NewRequestId() };
            request.Macs.AddRange(some.Select(r => r.Device.Mac));
            try
            {
                var answer = await admin.CallAsync(call => admin.Devices.BatchGenerateVerificationCodesAsync(request, call), cancellation);
                foreach (var (row, result) in some.Zip(answer.VerificationCodes))
                {
                    Take(row, result);
                }
            }
            catch (AdminFailure failure)
            {
                Array.ForEach(some, row => row.Fail(failure.Message));
            }
        }
    }

    private static void Take(BulkRow row, BatchGenerateVerificationCodesResponse.Types.Result result)
    {
        if (result.Error is { } error)
        {
            row.Fail(error.Message);
        }
        else
        {
            row.Give(result.VerificationCode, result.ExpireTime);
        }
    }

    private async Task AskAsync(Queue<BulkRow> rows, CancellationToken cancellation)
    {
        while (rows.TryDequeue(out var row))
        {
            try
            {
                if (kind == BulkKind.Move)
                {
                    await admin.CallAsync(call => admin.Devices.UpdateDeviceAsync(MoveOf(row.Device), call), cancellation);
                    row.Succeed();
                }
                else if (kind == BulkKind.Tag)
                {
                    await admin.ModifyTagsAsync(row.Device.Name, details.AddTags, details.RemoveTags, cancellation);
                    row.Succeed();
                }
                else if (kind == BulkKind.Resolve)
                {
                    await admin.ResolveAsync(row.Device.Name, cancellation);
                    row.Succeed();
                }
                else
                {
                    row.Follow(await admin.CallAsync(call => Start(row.Device, call), cancellation));
                }
            }
            catch (AdminFailure failure)
            {
                row.Fail(failure.Message);
            }
        }
    }

    private UpdateDeviceRequest MoveOf(Device device) => new()
    {
        Device = new Device { Name = device.Name, Site = details.Site },
        UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "site" } },
        RequestId = AdminClient.NewRequestId(),
    };

    private AsyncUnaryCall<Operation> Start(Device device, CallOptions call)
    {
        var id = AdminClient.NewRequestId();
        return kind switch
        {
            BulkKind.Restart => admin.Devices.RestartDeviceAsync(new RestartDeviceRequest { Name = device.Name, RequestId = id }, call),
            BulkKind.Resync => admin.Devices.ResyncDeviceAsync(new ResyncDeviceRequest { Name = device.Name, RequestId = id }, call),
            BulkKind.SignOut => admin.Devices.SignOutDeviceAsync(new SignOutDeviceRequest { Name = device.Name, RequestId = id }, call),
            BulkKind.Delete => admin.Devices.DeleteDeviceAsync(new DeleteDeviceRequest { Name = device.Name, RequestId = id }, call),
            _ => throw new InvalidOperationException($"{kind} is no operation."),
        };
    }

    // One call tells of many operations: the list of the newest.
    private async Task LookAfterAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (Rows.Any(r => r.Progress == BulkProgress.Running) && time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(LookAgain, time, cancellation);
            var running = Rows.Where(r => r.Progress == BulkProgress.Running).ToDictionary(r => r.Operation, StringComparer.Ordinal);
            var token = "";
            for (var pages = 0; running.Count > 0 && pages <= Rows.Count / AdminClient.MaxAtOnce; pages++)
            {
                token = await LookAtAsync(running, token, cancellation);
                if (token.Length == 0)
                {
                    break;
                }
            }
        }
    }

    private async Task<string> LookAtAsync(Dictionary<string, BulkRow> running, string token, CancellationToken cancellation)
    {
        try
        {
            var request = new ListOperationsRequest { Parent = admin.Tenant, PageSize = AdminClient.MaxAtOnce, PageToken = token };
            var page = await admin.CallAsync(call => admin.Operations.ListOperationsAsync(request, call), cancellation);
            foreach (var operation in page.Operations)
            {
                if (running.Remove(operation.Name, out var row))
                {
                    row.Follow(operation);
                }
            }

            return page.NextPageToken;
        }
        catch (AdminFailure)
        {
            // It looks again.
            return "";
        }
    }
}
