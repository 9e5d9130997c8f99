using Google.Protobuf.Reflection;
using SipGateway.Admin.V1;
using SipGateway.Hosting;

namespace SipGateway.AdminApi.Tests.Access;

/// <summary>The table of roles.</summary>
public sealed class CallRolesTests
{
    private static readonly string[] Calls =
    [
        .. typeof(Device).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Device).Namespace && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(method => $"{method.Service.Name}/{method.Name}"),
    ];

    [Fact]
    public void EveryCall_HasItsRole_AndNoOtherDoes() => CallRoles.All.Keys.Should().BeEquivalentTo(Calls).And.HaveCountGreaterThan(40);

    [Fact]
    public void Call_ThatIsNotInTheTable_IsTheAdminsAlone()
    {
        AdminAuthorization.IsAllowed(Of(AdminRole.Operator), "default", CallRoles.Package + "Devices/Explode").Should().BeFalse();
        AdminAuthorization.IsAllowed(Of(AdminRole.Operator), "default", "/other.v1.Devices/ListDevices").Should().BeFalse();
        AdminAuthorization.IsAllowed(Of(AdminRole.Admin), "default", CallRoles.Package + "Devices/Explode").Should().BeTrue();
    }

    [Fact]
    public void Viewer_ReadsAlone()
    {
        string[] reading = ["List", "Get", "Explain", "Wait", "Verify", "Watch", "Preview", "Summarize"];
        foreach (var call in Calls.Where(call => AdminAuthorization.IsAllowed(Of(AdminRole.Viewer), "default", CallRoles.Package + call)))
        {
            call.Split('/')[1].Should().Match(name => reading.Any(name.StartsWith));
        }
    }

    [Fact]
    public void Operator_ChangesNoPolicySiteOrTenant() => Calls
        .Where(call => !AdminAuthorization.IsAllowed(Of(AdminRole.Operator), "default", CallRoles.Package + call))
        .Select(call => call.Split('/')[0]).Distinct().Should().BeEquivalentTo("Policies", "Sites", "Tenants");

    [Theory]
    [InlineData("vienna", "Devices/ClaimDevice", true)]
    [InlineData("graz", "Devices/ClaimDevice", false)]
    [InlineData("", "Devices/ClaimDevice", false)]
    [InlineData("", "Cluster/ListEdges", false)]
    [InlineData("", "Tenants/CreateTenant", false)]
    [InlineData("", "Dhcp/ListDhcpSnippets", true)]
    [InlineData("", "Access/GetCaller", true)]
    public void RoleOfOneTenant_CountsThere(string tenant, string call, bool expected) =>
        AdminAuthorization.IsAllowed(Of(AdminRole.Admin, "vienna"), tenant, CallRoles.Package + call).Should().Be(expected);

    [Fact]
    public void TwoRoles_EachCountsInItsTenant()
    {
        var caller = new AdminCaller("a", [new AdminGrant(AdminRole.Viewer, ""), new AdminGrant(AdminRole.Operator, "vienna")]);

        AdminAuthorization.IsAllowed(caller, "graz", CallRoles.Package + "Devices/GetDevice").Should().BeTrue();
        AdminAuthorization.IsAllowed(caller, "graz", CallRoles.Package + "Devices/RestartDevice").Should().BeFalse();
        AdminAuthorization.IsAllowed(caller, "vienna", CallRoles.Package + "Devices/RestartDevice").Should().BeTrue();
    }

    [Theory]
    [InlineData("operator", AdminRole.Operator, "")]
    [InlineData("admin@vienna-1", AdminRole.Admin, "vienna-1")]
    public void Grant_WhatIsWritten_IsRead(string text, AdminRole role, string tenant)
    {
        AdminGrant.TryParse(text).Should().Be(new AdminGrant(role, tenant));
        AdminGrant.TryParse(text)!.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Admin")]
    [InlineData("root")]
    [InlineData("admin@")]
    [InlineData("admin@Vienna")]
    [InlineData("admin@a@b")]
    [InlineData("admin@-")]
    public void Grant_Nonsense_IsNone(string text) => AdminGrant.TryParse(text).Should().BeNull();

    private static AdminCaller Of(AdminRole role, string tenant = "") => new("test", [new AdminGrant(role, tenant)]);
}
