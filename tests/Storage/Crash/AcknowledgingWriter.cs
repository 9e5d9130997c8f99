namespace SipGateway.Storage.Tests.Crash;

/// <summary>The program that gets killed: writes without end, and says on standard output what was acknowledged.</summary>
internal static class AcknowledgingWriter
{
    public const string Verb = "--acknowledging-writer";
    public const int Writers = 12;

    public static async Task<int> RunAsync(string place)
    {
        await using var storage = await TestEngine.Of(place).OpenAsync(place);
        var output = Console.Out;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(storage, Rows.Mac(writer), output))));
        return 0;
    }

    private static async Task WriteAsync(StorageUnderTest storage, string mac, TextWriter output)
    {
        var state = await storage.ReadAsync(mac);
        while (true)
        {
            var version = long.Parse(state.ETag ?? "0") + 1;
            state.State.Note = $"{mac}@{version}";
            state.State.Effects = new StateEffects
            {
                Devices = [Rows.Device(mac) with { Version = version }],
                Audit = [Rows.Audit($"{mac}@{version}")],
                TakenKeys = [new UniqueKey("code", $"{mac}@{version}")],
            };
            await storage.WriteAsync(mac, state);
            // The semicolon tells a whole line from one that the kill cut off.
            lock (output)
                output.Write($"{mac} {version};\n");
        }
    }
}
