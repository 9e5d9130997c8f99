using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Silo.Tests;

public sealed class OperationGrainTests
{
    [Fact]
    public async Task Import_WrongRowAmongGoodOnes_GivesAResultForEach()
    {
        await using var silo = await TestSilo.StartAsync();

        (await Start(silo, "op1", Item(2, "00:15:65:AA:BB:01"), Item(3, "nonsense"), Item(4, "001565aabbff"))).OperationId.Should().Be("op1");
        var row = await Ended(silo, "op1");

        row.Status.Should().Be("SUCCEEDED");
        var results = JsonDocument.Parse(row.ResultsJson).RootElement.EnumerateArray().ToList();
        results.Select(r => r.GetProperty("status").GetString()).Should().Equal("SUCCEEDED", "FAILED", "FAILED");
        results[2].GetProperty("message").GetString().Should().Be("It is claimed already.");
    }

    [Fact]
    public async Task SiloStopsHalfWay_NextStart_GoesOnUnderTheSameCommandIds()
    {
        var phones = new PhoneScript();
        var reached = new TaskCompletionSource();
        phones.BeforeClaim = async mac =>
        {
            if (mac != "001565aa0012") return;
            reached.TrySetResult();
            throw new TimeoutException("The first run ends here.");
        };
        string directory;
        await using (var first = await TestSilo.StartAsync(phones: phones))
        {
            directory = first.DataDirectory;
            await Start(first, "op1", [.. Enumerable.Range(0, 40).Select(i => Item(i + 2, $"001565aa00{i:x2}"))]);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        var again = new PhoneScript();
        await using var second = await TestSilo.StartAsync(directory, again);
        var row = await Ended(second, "op1");

        row.Status.Should().Be("SUCCEEDED");
        row.ResultsJson.Should().NotContain("PENDING").And.NotContain("FAILED");
        again.Calls.Should().Contain("001565aa0012 Claim op1/18");
    }

    [Fact]
    public async Task Cancel_BeforeTheRest_EndsAsCancelled()
    {
        var phones = new PhoneScript();
        phones.Failures["001565aabb01"] = new TimeoutException("away");
        await using var silo = await TestSilo.StartAsync(phones: phones);
        await Start(silo, "op1", Item(2, "001565aabb01"));

        (await silo.Grains.GetGrain<IOperationGrain>("op1").Cancel(By("x"))).Status.Should().Be(CommandStatus.Done);

        (await Ended(silo, "op1")).Status.Should().Be("CANCELLED");
    }

    private static Task<CommandOutcome> Start(TestSilo silo, string id, params BulkItem[] items) =>
        silo.Grains.GetGrain<IOperationGrain>(id).Start(new StartBulkCommand { Context = By("start"), Kind = BulkKind.Import, Items = [.. items] });

    private static async Task<OperationRow> Ended(TestSilo silo, string id)
    {
        OperationRow? row = null;
        await TestSilo.Until(
            async () => (row = await silo.Inventory.FindOperationAsync("acme", id, CancellationToken.None)) is { EndedAtUtc: not null },
            "the operation ended");
        return row!;
    }

    private static BulkItem Item(int row, string mac) => new() { Row = row, Mac = mac };

    private static AdminContext By(string command) => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = command };
}
