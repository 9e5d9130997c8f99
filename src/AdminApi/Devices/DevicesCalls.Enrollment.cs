using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Claims and codes.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<Device> ClaimDevice(ClaimDeviceRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var device = request.Device ?? new Device();
        var mac = ResourceNames.Mac(device.Mac, "mac");
        CheckText("location", device.Location, AdminApiLimits.MaxLocationChars);
        var site = device.Site.Length == 0 ? "" : ResourceNames.Id(device.Site, "site");
        await tenants.EnsureForWritingAsync(tenant, context);
        var outcome = await devices.Grain(mac).Claim(new ClaimCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly),
            Location = device.Location,
            Site = site,
            Tags = DeviceTags.Of(device.Tags, "device.tags"),
        });
        var name = DeviceMessages.NameOf(tenant, mac);
        outcome.ThrowUnlessDone(name, "mac");
        return outcome.Device is null && request.ValidateOnly
            ? new Device
            {
                Name = name, Mac = mac, Location = device.Location, Site = site, Tags = { device.Tags }, State = Device.Types.State.WaitingOnActivation,
            }
            : await devices.AfterAsync(outcome, tenant, mac, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Operation> ImportDevices(ImportDevicesRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var (items, error) = ImportCsv.Read(request.Csv);
        if (error is not null)
        {
            throw AdminErrors.Invalid("csv", error, "INVALID_CSV");
        }

        await tenants.EnsureForWritingAsync(tenant, context);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly);
        var id = OperationAccess.IdOf(command);
        var outcome = await grains.GetGrain<IOperationGrain>(id).Start(
            new StartBulkCommand { Context = command, Kind = BulkKind.Import, Items = items });
        return await operations.AfterAsync(outcome, OperationMessages.NameOf(tenant, id), command, "import", context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<GenerateVerificationCodeResponse> GenerateVerificationCode(
        GenerateVerificationCodeRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var outcome = await devices.Grain(mac).GenerateCode(context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag));
        ClaimFirst(outcome.Outcome, tenant, mac).ThrowUnlessDone(DeviceMessages.NameOf(tenant, mac));
        return new GenerateVerificationCodeResponse { VerificationCode = outcome.Code,
            ExpireTime = DeviceMessages.TimeOf(outcome.ExpiresAtUtc) };
    }

    /// <inheritdoc/>
    public override async Task<BatchGenerateVerificationCodesResponse> BatchGenerateVerificationCodes(
        BatchGenerateVerificationCodesRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        if (request.Macs.Count is 0 or > AdminApiLimits.MaxBatchItems)
        {
            throw AdminErrors.Invalid("macs", $"there must be 1 to {AdminApiLimits.MaxBatchItems}, not {request.Macs.Count}");
        }

        var command = context.Command(tenant, request.RequestId, request.ValidateOnly);
        var results = new BatchGenerateVerificationCodesResponse.Types.Result[request.Macs.Count];
        await Parallel.ForAsync(
            0,
            results.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AdminApiLimits.BatchParallelism, CancellationToken = context.CancellationToken },
            async (i, _) => results[i] = await CodeOfAsync(request.Macs[i], command));
        return new BatchGenerateVerificationCodesResponse { VerificationCodes = { results } };
    }

    private async Task<BatchGenerateVerificationCodesResponse.Types.Result> CodeOfAsync(string given, AdminContext command)
    {
        var prefix = $"tenants/{command.Tenant}/devices/";
        var text = given.StartsWith(prefix, StringComparison.Ordinal) ? given[prefix.Length..] : given;
        var result = new BatchGenerateVerificationCodesResponse.Types.Result { Mac = ResourceNames.Shown(text) };
        try
        {
            result.Mac = ResourceNames.Mac(text, "macs");
            var outcome = await devices.Grain(result.Mac).GenerateCode(command);
            ClaimFirst(outcome.Outcome, command.Tenant, result.Mac).ThrowUnlessDone(DeviceMessages.NameOf(command.Tenant, result.Mac));
            result.VerificationCode = outcome.Code;
            result.ExpireTime = DeviceMessages.TimeOf(outcome.ExpiresAtUtc);
        }
        catch (Exception e) when ((e as RpcException ?? GrainFailures.TryExplain(e)) is { } error)
        {
            result.Error = AdminErrors.StatusOf(error);
        }

        return result;
    }

    // A code for a phone that is not claimed is a step taken too early, not a wrong address.
    private static CommandOutcome ClaimFirst(CommandOutcome outcome, string tenant, string mac) => outcome.Status != CommandStatus.NotFound
        ? outcome
        : outcome with
        {
            Status = CommandStatus.FailedPrecondition,
            Reason = "DEVICE_NOT_CLAIMED",
            Message = $"{mac} is not claimed by tenant {tenant}, so it can have no code. "
                + $"Claim it first: POST /v1/tenants/{tenant}/devices with {{\"mac\":\"{mac}\"}}, or sipgw devices claim {mac}.",
        };

    private static void CheckText(string field, string text, int maxChars)
    {
        if (text.Length > maxChars)
        {
            throw AdminErrors.Invalid(field, $"is longer than {maxChars} characters");
        }

        if (text.Any(char.IsControl))
        {
            throw AdminErrors.Invalid(field, "holds a line break or control character");
        }
    }
}
