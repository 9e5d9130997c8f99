using System.Diagnostics;

namespace SipGateway.Storage.Tests.Crash;

public abstract class CrashTests(TestEngine engine)
{
    [Fact]
    public async Task Kill_AtRandomMoments_LosesNothingThatWasAcknowledged()
    {
        var directory = engine.NewPlace();
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < 6; round++)
            await RunAndKillAsync(directory, acknowledged);

        acknowledged.Should().HaveCount(AcknowledgingWriter.Writers);
        await using (var storage = await engine.OpenAsync(directory))
            await CheckAsync(storage, acknowledged);
        await engine.RemoveAsync(directory);
    }

    private async Task RunAndKillAsync(string directory, Dictionary<string, long> acknowledged)
    {
        var place = engine == TestEngine.Sqlite ? directory : (await engine.OptionsAsync(directory)).Postgres!.ConnectionString;
        using var writer = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments(place)) { RedirectStandardOutput = true })!;
        // At least so many acknowledgements, so that the kill hits the middle of the work and not the start.
        var killAfter = Random.Shared.Next(20, 1500);
        var lines = 0;
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.EndsWith(';'))
                break;
            var parts = line.TrimEnd(';').Split(' ');
            acknowledged[parts[0]] = long.Parse(parts[1]);
            if (++lines == killAfter)
                writer.Kill();
        }

        await writer.WaitForExitAsync();
        lines.Should().BeGreaterThanOrEqualTo(killAfter);
    }

    private static IEnumerable<string> Arguments(string place)
    {
        // Started by the dotnet host, the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            yield return typeof(CrashTests).Assembly.Location;
        yield return AcknowledgingWriter.Verb;
        yield return place;
    }

    private static async Task CheckAsync(StorageUnderTest storage, Dictionary<string, long> acknowledged)
    {
        var versions = new Dictionary<string, long>();
        foreach (var (mac, version) in acknowledged)
        {
            var state = await storage.ReadAsync(mac);
            versions[mac] = long.Parse(state.ETag!);
            versions[mac].Should().BeGreaterThanOrEqualTo(version);
            state.State.Note.Should().Be($"{mac}@{versions[mac]}");
            (await storage.Inventory.FindDeviceAsync("t1", mac, default))!.Version.Should().Be(versions[mac]);
        }

        var total = (int)versions.Values.Sum();
        var audit = storage.Get<IAuditReader>();
        var targets = await StorageUnderTest.UntilAsync(() => ReadAllAsync(audit), rows => rows.Count >= total);
        targets.Select(row => row.Sequence).Should().Equal(Enumerable.Range(1, total).Select(i => (long)(total + 1 - i)));
        targets.Select(row => row.Row.Target).Order().Should().Equal(
            versions.SelectMany(pair => Enumerable.Range(1, (int)pair.Value).Select(version => $"{pair.Key}@{version}")).Order());
        (await audit.FindFirstBrokenAsync(default)).Should().BeNull();
    }

    private static async Task<List<SealedAuditRow>> ReadAllAsync(IAuditReader audit)
    {
        var rows = new List<SealedAuditRow>();
        string? key = null;
        do
        {
            var page = await audit.ListAsync("t1", 1000, key, default);
            rows.AddRange(page.Items);
            key = page.NextKey;
        }
        while (key is not null);
        return rows;
    }
}

public sealed class SqliteCrashTests() : CrashTests(TestEngine.Sqlite);

public sealed class PostgresCrashTests() : CrashTests(TestEngine.Postgres);
