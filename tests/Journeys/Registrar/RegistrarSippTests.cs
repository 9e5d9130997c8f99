using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>The rules that a program nobody here wrote can check by itself: each scenario expects its own answers.</summary>
[Collection(RegistrarRules.Name)]
public sealed partial class RegistrarSippTests(RegistrarFixture fixture)
{
    [Fact, Trait("rule", "R06")]
    public Task Require_Unknown_Is420BeforeAnyChallenge() => RunAsync("R06");

    [Fact, Trait("rule", "R07")]
    public async Task Password_WrongThenRight_IsChallengedAnewThenServed()
    {
        var nonces = Nonce().Matches(Received(await RunAsync("R07", password: "wrong"))).Select(m => m.Groups[1].Value).ToList();
        nonces.Should().HaveCount(3).And.OnlyHaveUniqueItems();
        await RunAsync("R40");
    }

    [Fact, Trait("rule", "R11")]
    public Task Star_NotAloneOrNotZero_IsRefused() => RunAsync("R11");

    [Fact, Trait("rule", "R13")]
    public Task Expires_Parameter_WinsOverHeader() => RunAsync("R13");

    [Fact, Trait("rule", "R14")]
    public Task Expires_TooBrief_Is423() => RunAsync("R14");

    [Fact, Trait("rule", "R38")]
    public Task Method_UnknownOrNotServed_TellsWhatIs() => RunAsync("R38");

    [Fact, Trait("rule", "R39")]
    public Task Options_ToTheServer_TellsWhatItServes() => RunAsync("R39");

    [Theory, Trait("rule", "R40")]
    [InlineData("u1")]
    [InlineData("t1")]
    public async Task Rfc3665_Flows_GoAsPrinted(string transport)
    {
        await RunAsync("R40", transport: transport);
        await RunAsync("R40-wrong", "wrong", transport);
    }

    private async Task<string> RunAsync(string name, string? password = null, string transport = "u1")
    {
        var folder = Directory.CreateTempSubdirectory("sipp").FullName;
        var trace = Path.Combine(folder, "messages.log");
        var port = SippPhone.FreePort().ToString(CultureInfo.InvariantCulture);
        var (user, secret) = fixture.Alice;
        var (code, output) = await Programs.RunAsync(
            "sipp",
            [
                fixture.Gateway["sip"].ToString(), "-sf", Path.Combine(AppContext.BaseDirectory, "Sipp", "registrar", name + ".xml"),
                "-i", "127.0.0.1", "-p", port, "-t", transport, "-m", "1", "-nostdin", "-timeout", "15", "-cid_str", $"{Guid.NewGuid():n}-%u@%s",
                "-key", "user", user, "-key", "domain", fixture.Domain, "-au", user, "-ap", password ?? secret,
                "-trace_msg", "-message_file", trace,
            ],
            TimeSpan.FromSeconds(25));
        var messages = File.Exists(trace) ? await File.ReadAllTextAsync(trace) : "";
        code.Should().Be(0, "{0} must go as written:\n{1}\n{2}", name, output.Length > 2000 ? output[^2000..] : output, messages);
        return messages;
    }

    // What SIPp sent repeats the nonces it was given.
    private static string Received(string trace) => string.Concat(trace.Split("-----------------------------------------------")
        .Where(m => m.Contains("message received", StringComparison.Ordinal)));

    [GeneratedRegex("nonce=\"([^\"]+)\"")]
    private static partial Regex Nonce();
}
