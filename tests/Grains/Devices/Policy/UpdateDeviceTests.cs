using System.Collections.Immutable;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>What a tenant says of its device: location, site and the device's own policy.</summary>
public sealed class UpdateDeviceTests
{
    private readonly Life life = new();

    [Fact]
    public void Update_WhatIsGiven_ChangesAndTheRestStays()
    {
        life.Claim("acme");

        Update("acme", site: "berlin", policy: "lobby").Status.Should().Be(CommandStatus.Done);

        var view = ViewRules.View(life.State, Life.Mac, "acme", life.Now)!;
        (view.Location, view.Site, view.Policy).Should().Be(("Lobby", "berlin", "lobby"));
        Update("acme", policy: "");
        ViewRules.View(life.State, Life.Mac, "acme", life.Now)!.Policy.Should().BeEmpty();
        life.State.DevicePolicies.Should().BeNull("nothing is kept of it");
    }

    [Fact]
    public void Update_OfOneTenant_IsNothingToAnother()
    {
        life.Claim("acme");
        life.Claim("other");

        Update("acme", location: "Roof", policy: "lobby");

        var other = ViewRules.View(life.State, Life.Mac, "other", life.Now)!;
        (other.Location, other.Policy).Should().Be(("Lobby", ""));
    }

    [Theory]
    [InlineData("stranger", null, null, CommandStatus.NotFound, "DEVICE_NOT_FOUND")]
    [InlineData("acme", "nowhere", null, CommandStatus.InvalidArgument, "SITE_NOT_FOUND")]
    [InlineData("acme", null, "nothing", CommandStatus.InvalidArgument, "POLICY_NOT_FOUND")]
    public void Update_ThatCannotBe_IsRefusedWithItsReason(string tenant, string? site, string? policy, CommandStatus status, string reason)
    {
        life.Claim("acme");

        var outcome = Update(tenant, site: site, policy: policy);

        (outcome.Status, outcome.Reason).Should().Be((status, reason));
    }

    [Fact]
    public void Tags_AreTheTenantsOwn_AndInItsRow()
    {
        life.Claim("acme");
        life.Claim("other");

        Tag("acme", add: ["VIP", "lobby"]).Status.Should().Be(CommandStatus.Done);
        Tag("acme", add: ["roof"], remove: ["lobby", "never"]).Status.Should().Be(CommandStatus.Done);

        Rows().Should().Equal(("acme", "roof,vip"), ("other", ""));
        life.Events[^1].Message.Should().Contain("added tags 'roof'").And.Contain("removed tags 'lobby,never'");
        Update("acme", location: "Roof");
        Tag("acme", add: ["a*"]).Reason.Should().Be("TAG_INVALID");
        Tag("stranger", add: ["mine"]).Reason.Should().Be("DEVICE_NOT_FOUND");
        Rows().Should().Equal([("acme", "roof,vip"), ("other", "")], "another change leaves them, and one that is refused changes nothing");
        Tag("acme", all: ["one"]);
        Rows()[0].Tags.Should().Be("one");
        Tag("acme", all: []);
        life.State.Claims[0].Tags.Should().BeNull("nothing is kept of none");
    }

    [Fact]
    public void Delete_TakesTheOwnPolicyAlong()
    {
        life.Claim("acme");
        Update("acme", policy: "lobby");

        life.Keep(c => LifeRules.Delete(life.By("acme"), c));

        life.State.DevicePolicies.Should().BeNull();
    }

    private List<(string Tenant, string Tags)> Rows() =>
        life.Keep(c => ViewRules.Rows(c.Next, c.Context)).Select(row => (row.Tenant, row.Tags)).Order().ToList();

    private CommandOutcome Tag(string tenant, string[]? all = null, string[]? add = null, string[]? remove = null) => Update(
        new UpdateDeviceCommand { Context = life.By(tenant), Tags = all is null ? null : [.. all], AddTags = [.. add ?? []], RemoveTags = [.. remove ?? []] });

    private CommandOutcome Update(string tenant, string? location = null, string? site = null, string? policy = null) =>
        Update(new UpdateDeviceCommand { Context = life.By(tenant), Location = location, Site = site, Policy = policy });

    private CommandOutcome Update(UpdateDeviceCommand command) => life.Keep(c => ClaimRules.Update(
        command,
        c,
        new TenantSnapshot
        {
            Tenant = command.Context.Tenant,
            Exists = true,
            Sites = ImmutableSortedDictionary<string, Site>.Empty.Add("berlin", new Site { SiteId = "berlin" }),
            Policies = ImmutableSortedDictionary<string, NamedPolicy>.Empty.Add("lobby", new NamedPolicy { PolicyId = "lobby" }),
        }));
}
