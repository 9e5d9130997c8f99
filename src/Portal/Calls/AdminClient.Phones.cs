using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>What more than one page asks of phones.</content>
internal sealed partial class AdminClient
{
    /// <summary>A phone as it is.</summary>
    public Task<Device> DeviceAsync(string name, CancellationToken cancellation) =>
        CallAsync(call => Devices.GetDeviceAsync(new GetDeviceRequest { Name = name }, call), cancellation);

    /// <summary>Claims a phone.</summary>
    public Task<Device> ClaimAsync(Device asked, CancellationToken cancellation) =>
        CallAsync(call => Devices.ClaimDeviceAsync(new ClaimDeviceRequest { Parent = Tenant, Device = asked }, call), cancellation);

    /// <summary>A code to dial on it.</summary>
    public Task<GenerateVerificationCodeResponse> NewCodeAsync(string name, CancellationToken cancellation)
    {
        var request = new GenerateVerificationCodeRequest { Name = name, RequestId = NewRequestId() };
        return CallAsync(call => Devices.GenerateVerificationCodeAsync(request, call), cancellation);
    }

    /// <summary>A code to sign in on it with.</summary>
    public Task<StartSignInResponse> StartSignInAsync(string name, CancellationToken cancellation)
    {
        var request = new StartSignInRequest { Name = name, RequestId = NewRequestId() };
        return CallAsync(call => Devices.StartSignInAsync(request, call), cancellation);
    }
}
