using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SipGateway.PhoneSimulator;

// Enrols phones at a running gateway, signs a user in on each, and prints their lines as a SIPp injection file.
// Arguments: the file with the READY line, the data directory, how many.
var listeners = File.ReadAllText(args[0]).Trim().Split(' ')[1..].Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
var count = int.Parse(args[2], CultureInfo.InvariantCulture);
using var admin = new HttpClient { BaseAddress = new Uri($"http://{listeners["admin"]}/v1/tenants/default/") };
admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(args[1], "admin.key")).Trim());
await PostAsync("users", new { userId = "bench", displayName = "Bench", initialPassword = "correct horse battery" });

Console.WriteLine("SEQUENTIAL");
var output = new Lock();
var options = new ParallelOptions { MaxDegreeOfParallelism = 24 };
await Parallel.ForEachAsync(Enumerable.Range(0, count), options, async (number, cancellation) =>
{
    var mac = "001565c" + number.ToString("x5", CultureInfo.InvariantCulture);
    var address = new IPAddress([127, 0, (byte)(1 + (number / 200)), (byte)(1 + (number % 200))]);
    await using var phone = new SimulatedPhone(new PhoneOptions { Mac = mac, ProvisioningUrl = new Uri($"http://{listeners["http"]}/"), LocalAddress = address });
    await phone.PowerOnAsync(cancellation);
    await phone.WaitForAsync<Registered>(cancellation: cancellation);
    await PostAsync("devices", new { mac });
    var code = (string)(await PostAsync($"devices/{mac}:generateVerificationCode", new { }))["verificationCode"]!;
    var mark = phone.LastSequence;
    var call = await phone.DialAsync($"*55*{code}", cancellation: cancellation);
    if (!call.IsAnswered)
    {
        throw new InvalidOperationException($"{mac}: {call.StatusCode} {call.Reason}");
    }

    await call.HangUpAsync(cancellation);
    await phone.WaitForAsync<Registered>(after: mark, cancellation: cancellation);
    await PostAsync($"devices/{mac}:assignUser", new { user = "bench" });
    await phone.WaitForAsync<Registered>(r => r.Label == "Bench", after: mark, cancellation: cancellation);
    var settings = phone.Memory.Settings;
    lock (output)
    {
        var user = settings["account.1.user_name"];
        Console.WriteLine($"{user};[authentication username={user} password={settings["account.1.password"]}];{settings["account.1.sip_server.1.address"]}");
    }
});

async Task<JsonNode> PostAsync(string path, object body)
{
    using var answer = await admin.PostAsJsonAsync(path, body);
    var text = await answer.Content.ReadAsStringAsync();
    return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}: {text}");
}
