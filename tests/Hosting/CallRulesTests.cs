using AwesomeAssertions;

namespace SipGateway.Hosting.Tests;

/// <summary>Which calls of grains an edge may make.</summary>
public sealed class CallRulesTests
{
    /// <summary>What an edge that somebody took over can do. A new call is for silos and admins unless it is put here, too.</summary>
    private static readonly string[] OfEdges =
    [
        "sipgw.device/dial", "sipgw.device/fetchConfig", "sipgw.device/getSignIn", "sipgw.device/keepFile", "sipgw.device/noteUnsupported",
        "sipgw.device/register", "sipgw.device/reportNotify", "sipgw.device/returnFile", "sipgw.device/signOut", "sipgw.device/startSignIn", "sipgw.edge/leave", "sipgw.edge/pass-on",
        "sipgw.edge/renew", "sipgw.leases/read", "sipgw.leases/refreshed",
    ];

    [Fact]
    public void Calls_OfEdges_AreTheseAlone() =>
        CallRules.All.Where(rule => rule.Value.IsCalledByEdges).Select(rule => rule.Value.Name).Order(StringComparer.Ordinal).Should().Equal(OfEdges);

    [Fact]
    public void Calls_ThatNameAnAdmin_AreNotOfEdges()
    {
        var named = CallRules.All.Where(rule => rule.Value.IsCalledByEdges && !rule.Value.HasTwoAskers).SelectMany(rule => rule.Key.GetParameters())
            .Where(parameter => parameter.ParameterType.GetProperties().Append(null).Any(property =>
                (property?.PropertyType ?? parameter.ParameterType) == typeof(Grains.Interfaces.AdminContext)));

        named.Should().BeEmpty("a call that takes an admin's context says so by IPhoneOrAdminCommand, or is none of an edge's");
        CallRules.All.Should().HaveCountGreaterThan(30, "the rules are read off the contracts");
    }

    [Fact]
    public void Calls_OfOrleans_HaveNoRule() =>
        typeof(Orleans.Runtime.IManagementGrain).GetMethods().Select(CallRules.Of).Should().OnlyContain(rule => rule == null);
}
