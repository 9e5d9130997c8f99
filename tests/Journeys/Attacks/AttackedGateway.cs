using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests.Attacks;

/// <summary>One gateway with two tenants for all that strangers try; each test has MACs and addresses of its own.</summary>
public sealed class AttackedGateway : GatewayWithPhones
{
    public const string Owner = "/v1/tenants/default";
    public const string Other = "/v1/tenants/globex";

    protected override byte Subnet => 22;

    protected override async Task PrepareAsync()
    {
        await Admin.PostAsync("/v1/tenants", new { tenantId = "globex" });
        await Admin.PostAsync($"{Owner}/users", new { userId = "alice", displayName = "Alice", initialPassword = "correct horse battery" });
    }

    /// <summary>What is in the phone's timeline, as a tenant sees it.</summary>
    internal async Task<List<string>> KindsAsync(string tenant, string mac) =>
        [.. (await Admin.GetAsync($"{tenant}/devices/{mac}/events"))["events"]!.AsArray().Select(e => (string)e!["kind"]!)];
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class AttackedGateways : ICollectionFixture<AttackedGateway>
{
    public const string Name = "attacked gateway";
}
