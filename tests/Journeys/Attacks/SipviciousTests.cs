using System.Globalization;
using System.Net;
using System.Text;
using SipGateway.Journeys.Tests.Registrar;
using SipGateway.Journeys.Tests.Running;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Attacks;

/// <summary>
/// sipvicious against the real gateway, each attack from an address of its own: it finds nothing, and the phones behind the same address notice
/// nothing.
/// </summary>
[Collection(RegistrarRules.Name)]
public sealed class SipviciousTests(RegistrarFixture fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Scanners_UnderTheirOwnNames_HearNothing()
    {
        var outputs = await Task.WhenAll(
            RunAsync("svmap", "127.0.0.41"),
            RunAsync("svwar", "127.0.0.41", "-m", "REGISTER", "-e", "100-110"),
            RunAsync("svwar", "127.0.0.41", "-m", "INVITE", "-e", "100-110"));
        outputs.Should().OnlyContain(o => o.Contains("found nothing"));
        outputs[1..].Should().OnlyContain(o => o.Contains("timed out"), "not even that somebody is there");
    }

    // Compact packets carry no User-Agent by which they could be known.
    [Theory]
    [InlineData("REGISTER")]
    [InlineData("OPTIONS")]
    [InlineData("INVITE")]
    public async Task Svwar_WithoutItsName_CannotTellAnAccountFromNone(string method)
    {
        var names = await FileAsync([fixture.Alice.User, .. Enumerable.Range(100, 20).Select(i => i.ToString(CultureInfo.InvariantCulture)), fixture.Bob.User]);
        var output = await RunAsync("svwar", "127.0.0.42", "-c", "--force", "-m", method, "-d", names);
        output.Should().Contain("found nothing");
    }

    [Fact]
    public async Task Svcrack_OfARealAccount_IsSlowedThenBanned_AndPhonesBehindTheSameAddressAreServed()
    {
        var source = IPAddress.Parse("127.0.0.43");
        using var registered = await RawPhone.OpenAsync(fixture, fixture.Bob, from: source);
        (await registered.BindAsync()).StatusCode.Should().Be(200);

        var passwords = await FileAsync(Enumerable.Range(0, 2_000).Select(i => $"guess{i}"));
        var outputs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            RunAsync("svcrack", source.ToString(), "-c", "-u", fixture.Alice.User, "-d", passwords)));
        outputs.Should().OnlyContain(o => !o.Contains(fixture.Alice.User), "no password was found").And.Contain(o => o.Contains("unknown response"), "503 came");

        // Whoever goes on is answered 503 some times, and then no more.
        using var guesser = await RawPhone.OpenAsync(fixture, fixture.Alice, from: source);
        var statuses = new List<int>();
        while (statuses.Count < 40 && (statuses.Count == 0 || statuses[^1] != 0))
        {
            statuses.Add(await GuessAsync(guesser));
        }

        statuses[^1].Should().Be(0, "the name is banned for this source: " + string.Join(' ', statuses));
        statuses[..^1].Should().OnlyContain(s => s == 503);
        fixture.Gateway.Output.Should().Contain("127.0.0.43 sent too many wrong passwords");

        // The very account that is attacked, from another port behind the same address; one that was registered before; and another one.
        using var right = await RawPhone.OpenAsync(fixture, fixture.Alice, from: source);
        (await right.BindAsync()).StatusCode.Should().Be(200, "a digest that verifies is never banned");
        (await registered.BindAsync()).StatusCode.Should().Be(200);
        (await GuessAsync(registered)).Should().Be(401, "nor is the flow of a registration");
        using var other = await RawPhone.OpenAsync(fixture, fixture.Bob, from: source);
        (await other.BindAsync()).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task WrongPasswords_ForManyNames_SilenceTheSource_ButNotItsPhones()
    {
        var source = IPAddress.Parse("127.0.0.44");
        using var registered = await RawPhone.OpenAsync(fixture, fixture.Bob, from: source);
        (await registered.BindAsync()).StatusCode.Should().Be(200);
        using var guesser = await RawPhone.OpenAsync(fixture, new Account("nobody", "x"), from: source);
        var challenge = await guesser.ChallengeAsync();
        var scan = guesser.Request("OPTIONS", []);
        (await guesser.AskAsync(scan)).StatusCode.Should().Be(200);
        for (var i = 0; i < 130; i++)
        {
            var guess = guesser.Request("REGISTER", [guesser.Authorization(challenge, (uint)i + 1, secret: "wrong").Replace("\"nobody\"", $"\"{i}\"")]);
            await guesser.Wire.SendAsync(Encoding.UTF8.GetBytes(guess));
        }

        while ((await guesser.Wire.ReadAsync(TimeSpan.FromMilliseconds(500))).Length > 0)
        {
        }

        await guesser.Wire.SendAsync(Encoding.UTF8.GetBytes(scan));
        (await guesser.Wire.ReadAsync(TimeSpan.FromSeconds(1))).Should().BeEmpty("the source is banned");
        (await registered.AskAsync(registered.Request("OPTIONS", []))).StatusCode.Should().Be(200, "but not its registered phone");
        using var arriving = await RawPhone.OpenAsync(fixture, fixture.Alice, from: source);
        (await arriving.BindAsync()).StatusCode.Should().Be(200, "nor one that comes with the right password");
    }

    [Fact]
    public async Task Datagrams_WithAnothersNonceOrNone_BanNobody()
    {
        using var attacker = await RawPhone.OpenAsync(fixture, fixture.Alice, from: IPAddress.Parse("127.0.0.45"));
        using var victim = await RawPhone.OpenAsync(fixture, fixture.Alice, from: IPAddress.Parse("127.0.0.46"));
        var challenge = await attacker.ChallengeAsync();
        for (var i = 1u; i <= 100; i++)
        {
            // As if 127.0.0.46 were written on packets that it never sent.
            var forged = attacker.Authorization(challenge, i, secret: "wrong");
            (await victim.AskAsync(victim.Request("REGISTER", [forged]))).StatusCode.Should().Be(401);
            (await victim.AskAsync(victim.Request("REGISTER", [forged.Replace("nonce=\"", "nonce=\"A", StringComparison.Ordinal)]))).StatusCode.Should().Be(401);
        }

        (await GuessAsync(victim)).Should().Be(401, "its first own mistake is its first");
        (await victim.BindAsync()).StatusCode.Should().Be(200);
        fixture.Gateway.Output.Should().NotContain("127.0.0.46 sent too many");

        // A phone that moved: what the attacker's address was told is good for a right digest from anywhere.
        using var moved = await RawPhone.OpenAsync(fixture, fixture.Alice, from: IPAddress.Parse("127.0.0.47"));
        (await moved.AskAsync(moved.Request("REGISTER", [moved.Authorization(await victim.ChallengeAsync())]))).StatusCode.Should().Be(200);
    }

    // A wrong password over a nonce that this phone was given; 0 when nothing comes.
    private static async Task<int> GuessAsync(RawPhone phone)
    {
        var guess = phone.Request("REGISTER", [phone.Authorization(await phone.ChallengeAsync(), secret: "wrong")]);
        await phone.Wire.SendAsync(Encoding.UTF8.GetBytes(guess));
        var answer = await phone.Wire.ReadAsync(TimeSpan.FromSeconds(1.5));
        return answer.Length == 0 ? 0 : ((SipResponse)SipParser.ParseDatagram(answer, SipLimits.Default).Message!).StatusCode;
    }

    private static async Task<string> FileAsync(IEnumerable<string> lines)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("sipvicious").FullName, "words.txt");
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }

    private async Task<string> RunAsync(string program, string from, params string[] arguments)
    {
        using var nat = new UdpNat(fixture.Gateway["sip"], IPAddress.Parse(from));
        var port = nat.Inside.Port.ToString(CultureInfo.InvariantCulture);
        var (_, output) = await Programs.RunAsync(program, ["-p", port, .. arguments, nat.Inside.Address.ToString()], Limit);
        return output;
    }
}
