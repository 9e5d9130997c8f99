using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using SipGateway.Admin.V1;
using SipGateway.Pages;

// Pages READY DATA PID PAGES PER_SECOND SECONDS: opens pages of the portal in Chromium, changes phones, and prints what that costs the process
// PID and how late a page shows a change. Pages READY DATA rows TIMES: how long a person waits for the rows of a page.
// Ends with 1 when changes were refused, or a page does not show the truth at last.
var listeners = File.ReadAllText(args[0]).Trim().Split(' ')[1..].Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
var key = (await File.ReadAllTextAsync(Path.Combine(args[1], "admin.key"))).Trim();
if (args is [_, _, "rows", var times])
{
    await FirstRows.RunAsync($"http://{listeners["admin"]}", key, int.Parse(times, CultureInfo.InvariantCulture));
    return 0;
}

var (pid, count, perSecond, seconds) = (Number(2), Number(3), Number(4), Number(5));
var warmUp = TimeSpan.FromSeconds(15);
var settling = TimeSpan.FromSeconds(10);
var window = TimeSpan.FromSeconds(seconds);

using var channel = GrpcChannel.ForAddress($"http://{listeners["grpc"]}");
var devices = new Devices.DevicesClient(channel);
var headers = new Metadata { { "authorization", $"Bearer {key}" } };
var changes = new Changes(devices, headers, await Changes.AllAsync(devices, headers));
var load = new ServerLoad(pid);

// :: Every phone is known to the gateway, and its code compiled.
await changes.TouchAllAsync();
await changes.RunAsync(perSecond, warmUp);
await Task.Delay(settling);
var empty = load.ResidentKb();

// :: Pages that nothing happens on.
var pages = await OpenPages.OpenAsync($"http://{listeners["admin"]}", key, count);
await Task.Delay(settling);
var idle = load.Mark();
await Task.Delay(window);
var idleCpu = load.Since(idle);
var open = load.ResidentKb();

// :: Pages and changes.
await changes.RunAsync(perSecond, warmUp);
await pages.BeginAsync();
var busy = load.Mark();
var made = await changes.RunAsync(perSecond, window);
var busyCpu = load.Since(busy);
var full = load.ResidentKb();
await Task.Delay(settling);
var delays = await pages.DelaysMsAsync();
var untrue = await pages.UntrueAsync(async mac => (await devices.GetDeviceAsync(new GetDeviceRequest { Name = $"{Changes.Tenant}/devices/{mac}" }, headers)).Location);

// :: The same changes without a page.
await pages.DisposeAsync();
await changes.RunAsync(perSecond, warmUp);
var alone = load.Mark();
var madeAlone = await changes.RunAsync(perSecond, window);
var aloneCpu = load.Since(alone);

Say($"pages {count}, phones {changes.DeviceCount}, changes a second {made / window.TotalSeconds:f0} (without pages {madeAlone / window.TotalSeconds:f0}), refused {changes.Refused}");
Say($"cpu of one core: changes alone {Share(aloneCpu)}, pages alone {Share(idleCpu)}, both {Share(busyCpu)}");
Say($"cpu a page {Micro((busyCpu - aloneCpu) / count / seconds)} µs a second, a change {Micro((busyCpu - aloneCpu) / made)} µs for all pages and {Micro(aloneCpu / madeAlone)} µs by itself");
Say($"memory a page {(open - empty) / count} KB, under changes {(full - empty) / count} KB (resident {empty}, {open}, {full} KB)");
Say($"shown {delays.Length} changes of rows, delay p50 {At(50)} ms, p99 {At(99)} ms, slowest {At(100)} ms");
Say($"untrue {untrue.Count} rows{string.Concat(untrue.Take(5).Select(row => $"; {row}"))}");
return untrue.Count == 0 && changes.Refused == 0 && delays.Length > 0 ? 0 : 1;

int Number(int at) => int.Parse(args[at], CultureInfo.InvariantCulture);
string Share(TimeSpan cpu) => $"{100 * cpu / window:f0} %";
string Micro(TimeSpan cpu) => $"{cpu.TotalMicroseconds:f0}";
long At(int percent) => delays.Length == 0 ? 0 : delays[Math.Max(0, (int)Math.Ceiling(delays.Length * percent / 100.0) - 1)];
static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
