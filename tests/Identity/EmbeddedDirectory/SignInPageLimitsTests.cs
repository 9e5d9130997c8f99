using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Trust;

namespace SipGateway.Identity.Tests;

public sealed class SignInPageLimitsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly KeyRing ring = KeyRing.Create();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Code_AfterItsLifetime_IsExpiredOnThePageAndOnThePhone()
    {
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring, time);
        await using var steps = new Steps(host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = host.Browse();
        var form = await browser.SubmitAsync(await browser.GetAsync("signin?user_code=" + code.UserCode), ("answer", "yes"));

        time.Advance(TimeSpan.FromMinutes(16));

        (await browser.GetAsync("signin?user_code=" + code.UserCode)).Error.Should().StartWith("This pairing code has expired.");
        (await browser.SubmitAsync(form, ("username", "anna"), ("password", "x"))).Error.Should().StartWith("This pairing code has expired.");
        (await steps.ResultAsync()).Failure.Should().Be(SignInFailures.Expired);
    }

    [Fact]
    public async Task Pruning_RemovesEndedCodesOnly()
    {
        // The library's own query compares with the system's clock, so the test's clock runs an hour behind it.
        var past = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1));
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring, past, more: b =>
            b.Services.AddSingleton(s => ActivatorUtilities.CreateInstance<DirectoryPruning>(s, past)));
        await using var steps = new Steps(host.Authority, Steps.Attempt());
        await steps.CodeAsync();
        var pruning = host.Services.GetRequiredService<DirectoryPruning>();

        past.Advance(TimeSpan.FromMinutes(5));
        await pruning.PruneAsync(default);
        (await CodesAsync()).Should().Be(2, "a device code and its user code can still be used");

        // The hosted service wakes at this, by itself.
        past.Advance(TimeSpan.FromMinutes(26));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await CodesAsync() > 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        async Task<long> CodesAsync()
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(DirectoryStoreFile.ConnectionString(folder.Path));
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM OpenIddictTokens";
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public async Task WrongPasswords_ForOneUser_EndInTryLater_KnownOrNot()
    {
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring, time, new() { WrongTriesPerUser = 2 });
        host.Users.Add("contoso", "anna", "right horse");
        await using var steps = new Steps(host.Authority, Steps.Attempt());
        var code = (await steps.CodeAsync()).UserCode;
        using var browser = host.Browse();

        foreach (var user in new[] { "anna", "nobody" })
        {
            (await browser.SignInAsync(code, user, "wrong")).Error.Should().StartWith("User name or password is wrong.");
            (await browser.SignInAsync(code, user, "wrong")).Error.Should().StartWith("User name or password is wrong.");
            var locked = await browser.SignInAsync(code, user, "right horse");
            locked.Status.Should().Be(HttpStatusCode.TooManyRequests);
            locked.Error.Should().StartWith("Too many wrong passwords");
        }
    }

    [Fact]
    public async Task LockOfTheUserItself_IsTold()
    {
        await using var host = await DirectoryHost.StartAsync(
            folder.Path, ring, limits: new() { WrongTriesPerUser = 100, WrongTriesPerSource = 100 });
        host.Users.Add("contoso", "anna", "right horse");
        await using var steps = new Steps(host.Authority, Steps.Attempt());
        using var browser = host.Browse();
        var page = await browser.SignInAsync((await steps.CodeAsync()).UserCode, "anna", "wrong");
        for (var tries = 1; tries < 10; tries++)
        {
            page.Error.Should().StartWith("User name or password is wrong.");
            page = await browser.SubmitAsync(page, ("password", "wrong"));
        }

        (await browser.SubmitAsync(page, ("password", "right horse"))).Error.Should().StartWith("Too many wrong passwords");
    }

    [Fact]
    public async Task WrongCodes_FromOneSource_EndInTryLater_AndComeBackAfterTheWindow()
    {
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring, time, new() { WrongTriesPerSource = 3 });
        await using var steps = new Steps(host.Authority, Steps.Attempt());
        var code = (await steps.CodeAsync()).UserCode;
        using var browser = host.Browse();
        for (var tries = 0; tries < 3; tries++)
        {
            (await browser.GetAsync("signin?user_code=BCDF-GHJK")).Status.Should().Be(HttpStatusCode.BadRequest);
        }

        var limited = await browser.GetAsync("signin?user_code=" + code);
        limited.Status.Should().Be(HttpStatusCode.TooManyRequests);
        limited.Error.Should().StartWith("Too many wrong tries from your network.");

        time.Advance(TimeSpan.FromMinutes(15));
        (await browser.GetAsync("signin?user_code=" + code)).Error.Should().NotStartWith("Too many");
    }

    [Fact]
    public void WrongTries_AtTheSameMoment_CannotSlipThroughTogether()
    {
        var tries = new WrongTries(time, new EmbeddedDirectoryOptions());

        var begun = Enumerable.Range(0, 50).AsParallel().Count(_ => tries.TryBegin("u/a", 5));

        begun.Should().Be(5);
        tries.TakeBack("u/a");
        tries.TryBegin("u/a", 5).Should().BeTrue();
        tries.TryBegin("u/a", 5).Should().BeFalse();
    }

    [Fact]
    public void WrongTries_CountABoundedNumberOfSources()
    {
        var tries = new WrongTries(time, new EmbeddedDirectoryOptions { Limits = new() { MaxCounted = 100 } });
        for (var source = 0; source < 1000; source++)
        {
            tries.TryBegin($"s/{source}", 1).Should().BeTrue();
        }

        tries.TryBegin("s/999", 1).Should().BeFalse("the newest are still counted");
        tries.TryBegin("s/0", 1).Should().BeTrue("the oldest made room");
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Source_IsAnAddressOrANetworkOfOneHost(string one, string other, bool same) =>
        (WrongTries.SourceKey(IPAddress.Parse(one)) == WrongTries.SourceKey(IPAddress.Parse(other))).Should().Be(same);
}
