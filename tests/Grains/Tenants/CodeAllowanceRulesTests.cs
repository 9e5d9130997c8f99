using SipGateway.Grains.Devices;

namespace SipGateway.Grains.Tests;

/// <summary>How many wrong codes a tenant puts up with in an hour, from all and from one network.</summary>
public sealed class CodeAllowanceRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private TenantState state = new() { Exists = true, Version = 1 };

    private int auditRows;

    [Fact]
    public void Decide_TenWrongFromOneNetwork_ThenNeitherWrongNorRightFromThereCounts()
    {
        for (var i = 0; i < 10; i++) Try("192.0.2.1").Should().BeTrue();

        Try("192.0.2.1").Should().BeFalse();
        Try("192.0.2.1", isRight: true).Should().BeFalse("whether it was right is not told");
        Try("192.0.2.2", isRight: true).Should().BeTrue("a technician elsewhere is served");
        state.WrongCodes.Should().Be(10);
        auditRows.Should().Be(1, "an administrator is told");
    }

    [Fact]
    public void Decide_HundredWrongFromTenNetworks_ThenNobodysCountsUntilTheHourIsOver()
    {
        for (var i = 0; i < 100; i++) Try($"192.0.2.{i / 10}", after: i).Should().BeTrue();

        Try("192.0.2.200", isRight: true, after: 3599).Should().BeFalse();
        Try("192.0.2.200", after: 3599).Should().BeFalse();
        auditRows.Should().Be(11);
        Try("192.0.2.0", after: 3600).Should().BeTrue("the hour is over, for networks too");
        state.WrongCodes.Should().Be(1);
        state.WrongCodesByNetwork.Should().ContainSingle();
    }

    [Fact]
    public void Decide_RightCode_CostsNothing()
    {
        for (var i = 0; i < 1000; i++) Try("192.0.2.1", isRight: true).Should().BeTrue();

        state.WrongCodes.Should().Be(0);
    }

    [Fact]
    public void Decide_Counting_IsNoNewVersion()
    {
        Try("192.0.2.1");

        state.Version.Should().Be(1, "no phone need read the tenant again for it");
    }

    [Fact]
    public void Decide_TenantThatIsNot_LooksAtNoCode() =>
        CodeAllowanceRules.Decide(new TenantState(), "acme", "192.0.2.1", isRight: true, Now).IsAllowed.Should().BeFalse();

    [Theory]
    [InlineData("192.0.2.1:5060", "192.0.2.1")]
    [InlineData("[::ffff:192.0.2.1]:5060", "192.0.2.1")]
    [InlineData("[2001:db8:1:2:3:4:5:6]:5060", "2001:db8:1:2::/64")]
    [InlineData("[2001:db8:1:2:ffff::1]:9", "2001:db8:1:2::/64")]
    public void Network_OfASource_IsWhatOneCustomerHas(string source, string network) => SourceRules.Network(source).Should().Be(network);

    private bool Try(string network, bool isRight = false, int after = 0)
    {
        var verdict = CodeAllowanceRules.Decide(state, "acme", network, isRight, Now.AddSeconds(after));
        state = verdict.Next ?? state;
        auditRows += verdict.Effects.Audit.Length;
        return verdict.IsAllowed;
    }
}
