namespace SipGateway.Cluster.Tests.Lives;

/// <summary>The judge of the lives: what is planted is found, and nothing else.</summary>
public sealed class LifeComparisonTests
{
    private readonly LifeLedger _ledger = new();

    public LifeComparisonTests()
    {
        _ledger.Acknowledge("a", "device.claim", "ONBOARDED");
        _ledger.Acknowledge("a", "device.enroll", "SIGNED_IN");
        _ledger.Acknowledge("b", "device.delete", "");
        _ledger.Operation("operations/1");
    }

    private static LifeBooks Whole => new(
        new Dictionary<string, string> { ["a"] = "SIGNED_IN" }, [("a", "device.claim"), ("a", "device.enroll"), ("b", "device.delete")], [1, 2, 3],
        new Dictionary<string, bool> { ["operations/1"] = true });

    [Fact]
    public void Books_ThatAgree_HaveNoFinding() => LifeComparison.Findings(_ledger, Whole).Should().BeEmpty();

    [Fact]
    public void Device_Lost_Stale_OrRaisedFromTheDead_IsFound()
    {
        Only(Whole with { States = new Dictionary<string, string>() }).Should().Be("a was SIGNED_IN and is gone");
        Only(Whole with { States = new Dictionary<string, string> { ["a"] = "ONBOARDED" } }).Should().Be("a was SIGNED_IN and is ONBOARDED");
        Only(Whole with { States = new Dictionary<string, string> { ["a"] = "SIGNED_IN", ["b"] = "ONBOARDED" } }).Should().Be("b was gone and is ONBOARDED");
    }

    [Fact]
    public void AuditRow_Lost_Doubled_OrOfNobody_IsFound()
    {
        Only(Whole with { Audit = Whole.Audit.Skip(1).ToList() }).Should().Contain("device.claim of a was acknowledged 1 times and has 0 rows");
        Only(Whole with { Audit = [.. Whole.Audit, ("a", "device.enroll")] }).Should().Contain("acknowledged 1 times and has 2 rows");
        Only(Whole with { Audit = [.. Whole.Audit, ("c", "device.claim")] }).Should().Contain("device.claim of c was acknowledged 0 times");
        Only(Whole with { Sequences = [1, 3, 2, 5] }).Should().Be("the audit log goes from 3 to 5");
        Only(Whole with { Sequences = [1, 2, 2] }).Should().Be("the audit log goes from 2 to 2");
    }

    [Fact]
    public void Operation_Lost_OrWithoutEnd_IsFound()
    {
        Only(Whole with { Operations = new Dictionary<string, bool>() }).Should().Be("operation operations/1 is lost");
        Only(Whole with { Operations = new Dictionary<string, bool> { ["operations/1"] = false } }).Should().Be("operation operations/1 never ended");
    }

    private string Only(LifeBooks books) => LifeComparison.Findings(_ledger, books).Should().ContainSingle().Subject;
}
