using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SharpFuzz;
using SipGateway.Fuzz;

// Fuzz TARGET SECONDS FOLDER [SEED]: mutates the corpus in this process; ends with 1 when anything was found.
// Fuzz TARGET --afl: serves an instrumented run under afl-fuzz.
if (args.Length < 2 || !FuzzTargets.All.TryGetValue(args[0], out var target))
{
    Console.Error.WriteLine($"usage: Fuzz {string.Join('|', FuzzTargets.All.Keys)} SECONDS FOLDER [SEED]");
    return 2;
}

if (args[1] == "--afl")
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        target(copy.ToArray());
    });
    return 0;
}

// One second for one input: the longest takes a few milliseconds. 64 MB of growth: an input has at most 70 KB and nothing is kept.
var inputLimit = TimeSpan.FromSeconds(1);
const long GrowthLimitBytes = 64L * 1024 * 1024;

var folder = args[2];
var seed = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : RandomNumberGenerator.GetInt32(int.MaxValue);
var shared = Path.Combine(folder, "..", "..", "shared", "data", "rfc4475");
string[] places = [Path.Combine(folder, "corpus", args[0]), .. args[0] is "datagram" or "stream" ? new[] { shared } : []];
var corpus = places.Where(Directory.Exists).SelectMany(Directory.GetFiles).Where(f => !f.EndsWith(".tsv", StringComparison.Ordinal))
    .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
var crashers = Directory.CreateDirectory(Path.Combine(folder, "crashers", args[0]));
var mutator = new Mutator(seed, corpus);
var watch = Stopwatch.StartNew();
var end = TimeSpan.FromSeconds(int.Parse(args[1], CultureInfo.InvariantCulture));
var (inputs, found, slowest, startBytes) = (0L, 0, TimeSpan.Zero, 0L);
byte[] current = [];
var currentSince = watch.Elapsed.Ticks;

// An input that never ends keeps this loop from ever looking at the clock, so that another thread does.
using var guard = new Timer(
    _ =>
    {
        if (watch.Elapsed - TimeSpan.FromTicks(Volatile.Read(ref currentSince)) is var taken && taken > 10 * inputLimit)
        {
            Keep(current, $"no end within {taken.TotalSeconds:f0} s");
            Environment.Exit(1);
        }
    },
    null, inputLimit, inputLimit);

while (watch.Elapsed < end)
{
    current = inputs < corpus.Count ? corpus[(int)inputs] : mutator.Next();
    var before = watch.Elapsed;
    Volatile.Write(ref currentSince, before.Ticks);
    try
    {
        target(current);
    }
#pragma warning disable CA1031 // Any exception is what is looked for.
    catch (Exception e)
#pragma warning restore CA1031
    {
        Keep(current, e.GetType().Name + " " + e.Message + " " + e.StackTrace?.Split('\n')[0].Trim());
    }

    var taken = watch.Elapsed - before;
    slowest = taken > slowest ? taken : slowest;
    if (taken > inputLimit)
    {
        Keep(current, $"took {taken.TotalMilliseconds:f0} ms");
    }

    if (++inputs % 20_000 == 0)
    {
        var held = GC.GetTotalMemory(forceFullCollection: true);
        startBytes = startBytes == 0 ? held : startBytes;
        if (held - startBytes > GrowthLimitBytes)
        {
            Keep(current, $"memory grew by {(held - startBytes) >> 20} MB");
            break;
        }
    }
}

Console.WriteLine(
    $"{args[0]}: seed {seed}, {corpus.Count} in the corpus, {inputs} inputs in {watch.Elapsed.TotalSeconds:f0} s, "
    + $"slowest {slowest.TotalMilliseconds:f1} ms, {found} found");
return found == 0 ? 0 : 1;

void Keep(byte[] input, string why)
{
    // Twenty tell as much as a thousand of the same.
    if (++found <= 20)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(input))[..16];
        File.WriteAllBytes(Path.Combine(crashers.FullName, name), input);
        Console.Error.WriteLine($"{args[0]} {name}: {why}");
    }
}
