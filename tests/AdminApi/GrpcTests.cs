using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using SipGateway.Admin.V1;
using SipGateway.AdminApi.Running;

namespace SipGateway.AdminApi.Tests;

/// <summary>The same over gRPC: shapes that REST does not have, rich errors, health.</summary>
public sealed class GrpcTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>, IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(api.Grpc);

    private Metadata Key => new() { { "authorization", $"Bearer {api.Key}" } };

    private Devices.DevicesClient Devices => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task Device_ItsLife_OverGrpc()
    {
        var claimed = await Devices.ClaimDeviceAsync(Claim("00:15:65:BB:00:01"), Key);
        claimed.Connection.Should().Be(Device.Types.Connection.NeverSeen);
        (await Devices.GenerateVerificationCodeAsync(new GenerateVerificationCodeRequest { Name = claimed.Name },
            Key)).VerificationCode.Should().Be("123456");
        (await Devices.AssignUserAsync(new AssignUserRequest { Name = claimed.Name, User = "tenants/default/users/ada" },
            Key)).State.Should().Be(Device.Types.State.SignedIn);
        (await Devices.SignOutDeviceAsync(new SignOutDeviceRequest { Name = claimed.Name }, Key)).Done.Should().BeTrue();
        (await Devices.ListDevicesAsync(new ListDevicesRequest { Parent = "tenants/default", Filter = "mac=001565bb0001" },
            Key)).Devices.Should().ContainSingle();
        (await Devices.DeleteDeviceAsync(new DeleteDeviceRequest { Name = claimed.Name }, Key)).Response.Status.Should().Be("SUCCEEDED");
    }

    [Fact]
    public async Task Error_Details_SayReasonAndDomain()
    {
        await Devices.ClaimDeviceAsync(Claim("001565bb0002"), Key);

        var error = await Refusal(() => Devices.ClaimDeviceAsync(Claim("001565bb0002"), Key).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.AlreadyExists);
        var status = Google.Rpc.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin"));
        status.Details[0].Unpack<ErrorInfo>().Should().Be(new ErrorInfo { Reason = "ALREADY_CLAIMED", Domain = "sipgateway" });
    }

    [Fact]
    public async Task Claim_ValidateOnly_LeavesNothing()
    {
        var request = Claim("001565bb0003");
        request.ValidateOnly = true;

        (await Devices.ClaimDeviceAsync(request, Key)).Mac.Should().Be("001565bb0003");

        (await Refusal(() =>
            Devices.GetDeviceAsync(new GetDeviceRequest { Name = "tenants/default/devices/001565bb0003" }, Key).ResponseAsync))
            .StatusCode.Should().Be(StatusCode.NotFound);
    }

    [Fact]
    public async Task Key_Missing_IsUnauthenticatedWithItsReason()
    {
        var error = await Refusal(() => Devices.ListDevicesAsync(new ListDevicesRequest { Parent = "tenants/default" }).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.Unauthenticated);
        error.Status.Detail.Should().Contain("admin.key");
    }

    [Fact]
    public async Task Policy_AllowMissing_MakesIt()
    {
        var policies = new Policies.PoliciesClient(_channel);
        var request = new UpdatePolicyRequest { Policy = new Policy { Name = "tenants/default/policies/made", Language = "de" },
            AllowMissing = true };

        (await policies.UpdatePolicyAsync(request, Key)).Language.Should().Be("de");
        request.Policy.Etag = "1";
        (await Refusal(() => policies.UpdatePolicyAsync(request, Key).ResponseAsync)).StatusCode.Should().Be(StatusCode.Aborted);
    }

    [Fact]
    public async Task Health_NeedsNoKey() =>
        (await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest())).Status.Should().Be(
            HealthCheckResponse.Types.ServingStatus.Serving);

    private static ClaimDeviceRequest Claim(string mac) => new() { Parent = "tenants/default", Device = new Device { Mac = mac } };

    private static async Task<RpcException> Refusal<T>(Func<Task<T>> call) => (await call.Should().ThrowAsync<RpcException>()).Which;
}
