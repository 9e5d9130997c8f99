using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using SipGateway.Micro;

// Runs all micro benchmarks; ends with 1 when one allocates more than it may. In this process, because what is measured is internal.
var limits = new Dictionary<string, long>
{
    // The parse-verify-answer path of a refresh, and everything on it: nothing.
    [nameof(RefreshBenchmarks.Refresh)] = 0,
    [nameof(RefreshBenchmarks.Challenge)] = 0,
    [nameof(SipBenchmarks.PlainRead)] = 0,
    [nameof(SipBenchmarks.PlainVerify)] = 0,
    [nameof(SipBenchmarks.IssueNonce)] = 0,
    [nameof(SipBenchmarks.CheckNonce)] = 0,

    // The long way keeps the message and what is asked of it: a copy of its octets, and the answer once.
    [nameof(SipBenchmarks.Parse)] = 1_600,
    [nameof(SipBenchmarks.WriteResponse)] = 2_800,
};
var job = Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance);
var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile)
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "sipgateway-micro"));
var faults = new List<string>();
var seen = new HashSet<string>();
foreach (var report in BenchmarkRunner.Run([typeof(SipBenchmarks), typeof(RefreshBenchmarks)], config).SelectMany(s => s.Reports))
{
    Judge(report);
}

faults.AddRange(limits.Keys.Except(seen).Select(name => $"{name} was not measured."));
faults.ForEach(Console.Error.WriteLine);
return faults.Count == 0 ? 0 : 1;

void Judge(BenchmarkReport report)
{
    var name = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
    var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
    if (!report.Success || bytes is null)
    {
        faults.Add($"{name} could not be measured.");
        return;
    }

    seen.Add(name);
    Console.WriteLine($"{name}: {report.ResultStatistics?.Mean:f0} ns, {bytes} B of {limits[name]} B allowed");
    if (bytes > limits[name])
    {
        faults.Add($"{name} allocates {bytes} B; at most {limits[name]} B are allowed. Look at what it does on the packet's path that it did not before.");
    }
}
