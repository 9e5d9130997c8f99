using System.Collections.Concurrent;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>Strangers who guess codes, at the real grains: how many of their guesses are looked at, and what a right one gets after that.</summary>
public sealed class GuessingTests
{
    private const int Phones = 10_000;
    private readonly string directory = Directory.CreateTempSubdirectory("sipgw-guess-").FullName;
    private readonly KeyRing ring = KeyRing.Create();
    private int commands;

    [Fact]
    public async Task TenThousandOpenCodes_AGuessAtEachFromAsManyNetworks_AHundredAreLookedAt()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var codes = new ConcurrentDictionary<int, string>();
        await ForEachPhone(async n =>
        {
            (await Phone(silo, n).Claim(new ClaimCommand { Context = By("acme") })).Status.Should().Be(CommandStatus.Done);
            codes[n] = (await Phone(silo, n).GenerateCode(By("acme"))).Code;
        });

        var answers = new ConcurrentBag<string>();
        await ForEachPhone(async n => answers.Add(await Dial(silo, n, 1, Wrong(codes[n]), Network(n))));

        answers.Should().HaveCount(Phones);
        answers.Count(a => a == EnrollmentRules.WrongCode).Should().Be(100, "the chance of all of them is one in ten thousand, an hour");
        answers.Count(a => a == EnrollmentRules.TryLater).Should().Be(Phones - 100);

        // What is right is not told either: neither where a guess was looked at nor where none was.
        for (var n = 0; n < 100; n++) (await Dial(silo, n * 100, 2, codes[n * 100], Network(Phones + n))).Should().Be(EnrollmentRules.TryLater);

        // The tenant's own people are served all the same.
        await Trust(silo, "acme", "10.200.0.0/16");
        (await Dial(silo, 7, 3, codes[7], "10.200.0.1:5060")).Should().BeEmpty();
        (await Phone(silo, 7).Get("acme"))!.State.Should().Be(DeviceLifeState.WaitingForSignIn);
    }

    [Fact]
    public async Task OneSource_AGuessAtEachOfManyPhones_TenAreLookedAtAndOthersAreServed()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        var codes = new List<string>();
        for (var n = 0; n < 40; n++)
        {
            await Phone(silo, n).Claim(new ClaimCommand { Context = By("acme") });
            codes.Add((await Phone(silo, n).GenerateCode(By("acme"))).Code);
        }

        var answers = new List<string>();
        for (var n = 0; n < 30; n++) answers.Add(await Dial(silo, n, 1, Wrong(codes[n]), "192.0.2.66:5060"));

        answers.Take(10).Should().OnlyContain(a => a == EnrollmentRules.WrongCode);
        answers.Skip(10).Should().OnlyContain(a => a == EnrollmentRules.TryLater);
        (await Dial(silo, 31, 1, codes[31], "192.0.2.66:5061")).Should().Be(EnrollmentRules.TryLater, "from another port of the same address");
        (await Dial(silo, 31, 2, codes[31], "192.0.2.67:5060")).Should().BeEmpty("a technician elsewhere knows nothing of it");
        (await Kinds(silo, 31, "acme")).Should().Contain("enrollment.try_later", "whoever wonders finds the reason");
    }

    [Fact]
    public async Task ForeignTenant_ThatTrustsEverybody_BuysNoGuesses()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        await Trust(silo, "globex", "0.0.0.0/0");
        var code = await ClaimByBoth(silo);

        var answers = new List<string>();
        for (var n = 0; n < 12; n++) answers.Add(await Dial(silo, 0, n, Wrong(code), "192.0.2.66:5060"));

        answers.Take(10).Should().OnlyContain(a => a == EnrollmentRules.WrongCode);
        answers.Skip(10).Should().OnlyContain(a => a == EnrollmentRules.TryLater);
        (await Dial(silo, 0, 20, code, "192.0.2.67:5060")).Should().BeEmpty();
        (await Phone(silo, 0).Get("acme"))!.Trust.Should().Be(TrustLevel.Claimed, "a network that another organisation trusts proves nothing to this one");
    }

    [Fact]
    public async Task PausedTenant_RightCodeAndWrongCode_CannotBeToldApartByAnotherThatClaimsThePhone()
    {
        await using var silo = await DeviceSilo.StartAsync(directory, ring);
        await Trust(silo, "globex", "0.0.0.0/0");
        var code = await ClaimByBoth(silo);
        for (var n = 0; n < 10; n++) await Dial(silo, 0, n, Wrong(code), "192.0.2.66:5060");

        var wrong = await Same(Wrong(code), 100);
        var right = await Same(code, 200);

        right.Should().Equal(wrong);
        right[^1].Should().Be(EnrollmentRules.TooManyWrong, "five of a kind end a candidate, whichever kind");

        async Task<List<string>> Same(string dialled, int candidate)
        {
            var seen = (await Kinds(silo, 0, "globex")).Count;
            var answers = new List<string>();
            for (var i = 0; i < 6; i++) answers.Add(await Dial(silo, 0, candidate, dialled, "192.0.2.66:5060", i));
            answers.Insert(0, string.Join(' ', (await Kinds(silo, 0, "globex"))[seen..]));
            return answers;
        }
    }

    private static string Mac(int n) => $"0015650{n:x5}";

    private static string Network(int n) => $"10.{n / 250}.{n % 250}.9:5060";

    // Another than the right one.
    private static string Wrong(string code) => (code[0] == '0' ? '1' : '0') + code[1..];

    private static IDeviceGrain Phone(DeviceSilo silo, int n) => silo.Grains.GetGrain<IDeviceGrain>(Mac(n));

    private static Task ForEachPhone(Func<int, Task> act) => Parallel.ForEachAsync(
        Enumerable.Range(0, Phones), new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (n, _) => await act(n));

    private static async Task<string> Dial(DeviceSilo silo, int phone, int candidate, string code, string source, int again = 0)
    {
        var facts = Life.Candidate(candidate) with { IssuedAtUtc = TimeProvider.System.GetUtcNow() };
        var command = Life.DialCommand(facts, code, source, callId: $"call{candidate}-{again}");
        command = command with { Caller = command.Caller with { Digest = Life.Digest(1 + again) } };
        var outcome = await Phone(silo, phone).DialFeatureCode(command);
        outcome.Status.Should().BeOneOf(DialStatus.Confirmed, DialStatus.Refused);
        return outcome.Reason;
    }

    private static async Task<List<string>> Kinds(DeviceSilo silo, int phone, string tenant) =>
        [.. (await silo.Events.ListAsync(tenant, Mac(phone), 100, null, default)).Items.Select(e => e.Kind).Reverse()];

    private async Task<string> ClaimByBoth(DeviceSilo silo)
    {
        await Phone(silo, 0).Claim(new ClaimCommand { Context = By("globex") });
        await Phone(silo, 0).GenerateCode(By("globex"));
        await Phone(silo, 0).Claim(new ClaimCommand { Context = By("acme") });
        return (await Phone(silo, 0).GenerateCode(By("acme"))).Code;
    }

    private async Task Trust(DeviceSilo silo, string tenant, string range)
    {
        var grain = silo.Grains.GetGrain<ITenantGrain>(tenant);
        await grain.Ensure(By(tenant));
        (await grain.SetSettings(By(tenant), new TenantSettings { TrustedRanges = [range] })).Status.Should().Be(CommandStatus.Done);
    }

    private AdminContext By(string tenant) => new() { Tenant = tenant, Actor = "admin-key:1", CommandId = $"c{Interlocked.Increment(ref commands)}" };
}
