using System.Collections.Immutable;
using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains.Tests;

public sealed class OperationRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Start_WrongRows_AreRefusedAndOthersWait()
    {
        var decision = Start(
            Item(2, "00:15:65:AA:BB:CC"),
            Item(3, "nonsense"),
            Item(4, "001565aabbcc"),
            new BulkItem { Row = 5, Mac = "001565aabbcd", Error = "Column 2 is missing." });

        decision.Next!.Items.Select(i => i.Status).Should().Equal(ItemStatus.Pending, ItemStatus.Failed, ItemStatus.Failed, ItemStatus.Failed);
        decision.Next.Items[0].Mac.Should().Be("001565aabbcc");
        decision.Next.Items[2].Message.Should().Contain("row 2");
        decision.Next.Items[3].Message.Should().Be("Column 2 is missing.");
        decision.Effects.DueAtUtc.Should().Be(Now);
    }

    [Fact]
    public void Start_OnlyWrongRows_EndsAtOnceAsFailed()
    {
        var decision = Start(Item(2, "nonsense"));

        decision.Next!.Status.Should().Be(OperationStatus.Failed);
        decision.Effects.DueAtUtc.Should().Be(Due.Never);
    }

    [Fact]
    public void Start_SameCommandTwice_StartsOnce()
    {
        var first = Start(Item(2, "001565aabbcc"));

        var second = OperationRules.Start(Command(Item(2, "001565aabbcc")), first.Next!, "op1", Now);

        second.Next.Should().BeNull();
        second.Outcome.Should().Be(first.Outcome);
    }

    [Fact]
    public void Start_MoreThanTenThousand_IsRefused() =>
        Start([.. Enumerable.Range(0, 10_001).Select(i => Item(i, "001565aabbcc"))]).Outcome.Status.Should().Be(CommandStatus.InvalidArgument);

    [Fact]
    public void NextItems_HundredRunning_WaitsForTheWave()
    {
        var items = Enumerable.Range(0, 150).Select(i => new StoredItem { Mac = $"{i:x12}", Status = i < 100 ? ItemStatus.Running : ItemStatus.Pending });

        OperationRules.NextItems(new OperationState { Items = [.. items] }).Should().BeEmpty();
    }

    [Theory]
    [InlineData("RUNNING", "Running")]
    [InlineData("SUCCEEDED", "Succeeded")]
    [InlineData("UNPROVEN", "Unproven")]
    [InlineData("FAILED", "Failed")]
    public void After_DevicesOwnOperation_DecidesTheItem(string status, string expected)
    {
        var row = new OperationRow { Tenant = "acme", Id = "x", Kind = "restart", Owner = "device/001565aabbcc", Status = status, CreatedAtUtc = Now };

        OperationRules.After(new StoredItem { Mac = "001565aabbcc", Status = ItemStatus.Running, OperationId = "x" }, row).Status.ToString().Should().Be(expected);
    }

    [Fact]
    public void AfterMiss_ThirtyTimes_HasFailed()
    {
        var item = new StoredItem { Mac = "001565aabbcc" };
        for (var i = 0; i < 29; i++) item = OperationRules.AfterMiss(item);
        item.Status.Should().Be(ItemStatus.Pending);

        OperationRules.AfterMiss(item).Status.Should().Be(ItemStatus.Failed);
    }

    [Fact]
    public void Cancel_HalfWay_KeepsWhatIsDone()
    {
        var state = Start(Item(2, "001565aabbcc"), Item(3, "001565aabbcd")).Next!;
        state.Items = state.Items.SetItem(0, state.Items[0] with { Status = ItemStatus.Succeeded });

        var next = OperationRules.Cancel(By("x"), state, "op1", Now).Next!;

        next.Items.Select(i => i.Status).Should().Equal(ItemStatus.Succeeded, ItemStatus.Cancelled);
        next.Status.Should().Be(OperationStatus.Cancelled);
    }

    [Fact]
    public void Cancel_OtherTenant_FindsNothing() =>
        OperationRules.Cancel(By("x") with { Tenant = "other" }, Start(Item(2, "001565aabbcc")).Next!, "op1", Now).Outcome.Status.Should().Be(CommandStatus.NotFound);

    [Fact]
    public void Row_Results_HaveRowMacStatusMessage()
    {
        var row = Start(Item(2, "001565aabbcc"), Item(3, "nonsense")).Effects.Operations.Single();

        var second = JsonDocument.Parse(row.ResultsJson).RootElement[1];
        second.GetProperty("row").GetInt32().Should().Be(3);
        second.GetProperty("mac").GetString().Should().Be("nonsense");
        second.GetProperty("status").GetString().Should().Be("FAILED");
        second.GetProperty("message").GetString().Should().Contain("no MAC");
        (row.Kind, row.Owner, row.Status).Should().Be(("import", "operation/op1", "RUNNING"));
    }

    private static OperationDecision Start(params ImmutableArray<BulkItem> items) => OperationRules.Start(Command([.. items]), new OperationState(), "op1", Now);

    private static StartBulkCommand Command(params BulkItem[] items) => new() { Context = By("c"), Kind = BulkKind.Import, Items = [.. items] };

    private static BulkItem Item(int row, string mac) => new() { Row = row, Mac = mac };

    private static AdminContext By(string command) => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = command };
}
