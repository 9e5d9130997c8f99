using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using SipGateway.Admin.V1;
using SipGateway.AdminApi.Running;
using SipGateway.Hosting;

namespace SipGateway.AdminApi.Tests.Access;

/// <summary>Keys beside the first one: what each opens, and that it opens nothing once it is taken back.</summary>
public sealed class NamedKeyTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private const string Devices = "/v1/tenants/default/devices";

    // After which a change of the file is seen.
    private static readonly TimeSpan Seen = NamedAdminKeys.Pause + TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Viewer_Reads_AndIsToldWhichRoleTheRestNeeds()
    {
        using var owner = new RestCaller(api.Rest, api.Key);
        await owner.PostAsync(Devices, """{"mac":"001565ab0001"}""");
        using var viewer = await HolderAsync("reader", "viewer");

        (await viewer.GetAsync($"{Devices}/001565ab0001")).Status.Should().Be(HttpStatusCode.OK);
        (await viewer.GetAsync("/v1/silos")).Status.Should().Be(HttpStatusCode.OK);
        var (status, error) = await viewer.PostAsync($"{Devices}/001565ab0001:generateVerificationCode");

        status.Should().Be(HttpStatusCode.Forbidden);
        RestCaller.ReasonOf(error).Should().Be("NOT_ALLOWED");
        RestCaller.MessageOf(error).Should().Be(
            "GenerateVerificationCode needs the role operator for tenants/default; you have viewer. Ask whoever gave you your key or account for that role.");
        (await viewer.DeleteAsync($"{Devices}/001565ab0001")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await viewer.PostAsync($"{Devices}", """{"mac":"001565ab0002"}""")).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task OperatorOfOneTenant_WorksThere_AndIsNamedInTheJournal()
    {
        using var owner = new RestCaller(api.Rest, api.Key);
        await owner.PostAsync("/v1/tenants", """{"tenantId":"vienna"}""");
        await owner.PostAsync("/v1/tenants", """{"tenantId":"graz"}""");
        using var operating = await HolderAsync("vienna-desk", "operator@vienna");

        (await operating.PostAsync("/v1/tenants/vienna/devices", """{"mac":"001565ab0003"}""")).Status.Should().Be(HttpStatusCode.OK);
        (await operating.GetAsync("/v1/dhcpSnippets?server=KEA&provisioningUrl=http://phones.example.com")).Status.Should().Be(HttpStatusCode.OK);
        (await operating.PostAsync("/v1/tenants/vienna/policies?policyId=p", "{}")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await operating.PostAsync("/v1/tenants/graz/devices", """{"mac":"001565ab0004"}""")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await operating.GetAsync("/v1/tenants/graz/devices")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await operating.GetAsync("/v1/edges")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await operating.PostAsync("/v1/tenants", """{"tenantId":"linz"}""")).Status.Should().Be(HttpStatusCode.Forbidden);

        var rows = "";
        for (var tries = 0; tries < 100 && !rows.Contains("device.claim", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(50);
            rows = (await owner.GetAsync("/v1/tenants/vienna/auditEvents")).Body.ToString();
        }

        rows.Should().Contain("admin-key:vienna-desk").And.NotContain("sipgw_");
    }

    [Fact]
    public async Task OperatorOfEverything_MakesNoTenantByAClaim()
    {
        using var operating = await HolderAsync("everywhere", "operator");

        var (status, error) = await operating.PostAsync("/v1/tenants/klagenfurt/devices", """{"mac":"001565ab0005"}""");

        status.Should().Be(HttpStatusCode.NotFound);
        RestCaller.ReasonOf(error).Should().Be("TENANT_NOT_FOUND");
    }

    [Fact]
    public async Task Caller_IsToldWhoItIsAndWhatItMay()
    {
        AdminKeysFile.Add(api.NamedKeysPath, NewKey("asks", "operator@vienna", out var key));
        await Task.Delay(Seen);
        using var channel = GrpcChannel.ForAddress(api.Grpc);
        var access = new Admin.V1.Access.AccessClient(channel);
        var headers = new Metadata { { "authorization", $"Bearer {key}" } };

        var there = await access.GetCallerAsync(new GetCallerRequest { Tenant = "tenants/vienna" }, headers);
        var elsewhere = await access.GetCallerAsync(new GetCallerRequest { Tenant = "tenants/graz" }, headers);

        there.Actor.Should().Be("admin-key:asks");
        there.Grants.Should().ContainSingle().Which.Should().Be(new Caller.Types.Grant { Role = Role.Operator, Tenant = "tenants/vienna" });
        there.Permissions.Single(p => p.Call == "Devices/RestartDevice").Should().Be(
            new Caller.Types.Permission { Call = "Devices/RestartDevice", Role = Role.Operator, Allowed = true });
        there.Permissions.Single(p => p.Call == "Policies/UpdatePolicy").Allowed.Should().BeFalse();
        elsewhere.Permissions.Single(p => p.Call == "Devices/RestartDevice").Allowed.Should().BeFalse();
        var streaming = new Admin.V1.Devices.DevicesClient(channel).WatchDevices(new WatchDevicesRequest { Parent = "tenants/graz" }, headers);
        var watch = async () => await streaming.ResponseStream.MoveNext(CancellationToken.None);
        (await watch.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.PermissionDenied, "streams are judged, too");
    }

    [Fact]
    public async Task Key_TakenBack_OpensNothing_AndABrokenFileChangesNothing()
    {
        using var holder = await HolderAsync("short-lived", "viewer");
        (await holder.GetAsync("/v1/silos")).Status.Should().Be(HttpStatusCode.OK);

        var good = await File.ReadAllTextAsync(api.NamedKeysPath);
        await File.WriteAllTextAsync(api.NamedKeysPath, good + "half a line\n");
        await Task.Delay(Seen);
        (await holder.GetAsync("/v1/silos")).Status.Should().Be(HttpStatusCode.OK, "a slip of the editor locks nobody out");
        await File.WriteAllTextAsync(api.NamedKeysPath, good);
        AdminKeysFile.Remove(api.NamedKeysPath, "short-lived").Should().BeTrue();
        await Task.Delay(Seen);

        (await holder.GetAsync("/v1/silos")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static NamedAdminKey NewKey(string name, string role, out string key)
    {
        (key, var kept) = NamedAdminKey.Create(name, AdminGrant.TryParse(role)!);
        return kept;
    }

    private async Task<RestCaller> HolderAsync(string name, string role)
    {
        AdminKeysFile.Add(api.NamedKeysPath, NewKey(name, role, out var key));
        await Task.Delay(Seen);
        return new RestCaller(api.Rest, key);
    }
}
