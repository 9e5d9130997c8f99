using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity.Tests;

public sealed class DirectoryRestartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly KeyRing ring = KeyRing.Create();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Restart_BetweenCodeAndApproval_TheCodeStillSignsIn()
    {
        SignInCodeReport code;
        await using (var before = await DirectoryHost.StartAsync(folder.Path, ring))
        {
            await using var steps = new Steps(before.Authority, Steps.Attempt());
            code = await steps.CodeAsync();
            await steps.AbandonAsync(steps.NextAsync());
        }

        await using var after = await DirectoryHost.StartAsync(folder.Path, ring);
        after.Users.Add("contoso", "anna", "right horse");
        await using var resumed = new Steps(after.Authority, Resume(Steps.Attempt(), code));
        using var browser = after.Browse();
        (await browser.SignInAsync(code.UserCode, "anna", "right horse")).Heading.Should().Be("You are signed in");

        (await resumed.ResultAsync()).User.Should().Be(new SignedInUser { UserId = "anna", DisplayName = "anna", Tenant = "contoso" });
    }

    [Fact]
    public async Task Restart_BetweenApprovalAndPoll_TheTokenIsStillThere()
    {
        SignInCodeReport code;
        await using (var before = await DirectoryHost.StartAsync(folder.Path, ring))
        {
            before.Users.Add("contoso", "anna", "right horse");
            await using var steps = new Steps(before.Authority, Steps.Attempt());
            code = await steps.CodeAsync();
            await steps.AbandonAsync(steps.NextAsync());
            using var browser = before.Browse();
            await browser.SignInAsync(code.UserCode, "anna", "right horse");
        }

        await using var after = await DirectoryHost.StartAsync(folder.Path, ring);
        await using var resumed = new Steps(after.Authority, Resume(Steps.Attempt(), code));

        (await resumed.ResultAsync()).User!.UserId.Should().Be("anna");
    }

    [Fact]
    public async Task Restart_WhileAFormIsOpen_TheFormStillWorks()
    {
        Page form;
        SignInCodeReport code;
        System.Net.CookieCollection cookies;
        await using (var before = await DirectoryHost.StartAsync(folder.Path, ring))
        {
            await using var steps = new Steps(before.Authority, Steps.Attempt());
            code = await steps.CodeAsync();
            await steps.AbandonAsync(steps.NextAsync());
            using var browser = before.Browse();
            form = await browser.SubmitAsync(await browser.GetAsync("signin?user_code=" + code.UserCode), ("answer", "yes"));
            cookies = browser.Cookies;
        }

        await using var after = await DirectoryHost.StartAsync(folder.Path, ring);
        after.Users.Add("contoso", "anna", "right horse");
        using var same = after.Browse();
        same.Keep(cookies);

        (await same.SubmitAsync(form, ("username", "anna"), ("password", "right horse"))).Heading.Should().Be("You are signed in");
    }

    [Fact]
    public async Task NewKeyInTheRing_OldCodesStillSignIn()
    {
        SignInCodeReport code;
        await using (var before = await DirectoryHost.StartAsync(folder.Path, ring))
        {
            await using var steps = new Steps(before.Authority, Steps.Attempt());
            code = await steps.CodeAsync();
            await steps.AbandonAsync(steps.NextAsync());
        }

        await using var after = await DirectoryHost.StartAsync(folder.Path, new KeyRing([.. ring.Keys, KeyRing.NewKey(2)]));
        after.Users.Add("contoso", "anna", "right horse");
        await using var resumed = new Steps(after.Authority, Resume(Steps.Attempt(), code));
        using var browser = after.Browse();
        await browser.SignInAsync(code.UserCode, "anna", "right horse");

        (await resumed.ResultAsync()).User!.UserId.Should().Be("anna");
    }

    [Fact]
    public async Task Resume_WithAForeignHandle_IsInterrupted()
    {
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring);
        await using var steps = new Steps(host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        await using var other = new Steps(host.Authority, Resume(Steps.Attempt("attempt-2"), code));
        await using var changed = new Steps(host.Authority, Steps.Attempt() with { ResumeHandle = code.ResumeHandle + "AAAA" });

        (await other.ResultAsync()).Failure.Should().Be(SignInFailures.Interrupted);
        (await changed.ResultAsync()).Failure.Should().Be(SignInFailures.Interrupted);
    }

    [Fact]
    public async Task StoreOfAnotherShape_IsMadeAnew()
    {
        await using (var before = await DirectoryHost.StartAsync(folder.Path, ring))
        {
            await using var first = new Steps(before.Authority, Steps.Attempt());
            await first.CodeAsync();
            await first.AbandonAsync(first.NextAsync());
        }

        await ExecuteAsync("DROP TABLE OpenIddictTokens; CREATE TABLE OpenIddictTokens (Old TEXT); PRAGMA user_version=99;");
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring);
        await using var steps = new Steps(host.Authority, Steps.Attempt());

        (await steps.CodeAsync()).UserCode.Should().HaveLength(9);
    }

    [Fact]
    public async Task FileThatIsNoDatabase_EndsTheStart()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, DirectoryStoreFile.Name), string.Concat(Enumerable.Repeat("no database\n", 500)));

        var start = () => DirectoryHost.StartAsync(folder.Path, ring);

        (await start.Should().ThrowAsync<Microsoft.Data.Sqlite.SqliteException>()).WithMessage("*not a database*");
    }

    [Fact]
    public async Task Nobody_SignsIn_TheTablesAreMadeAllTheSame()
    {
        var time = new FakeTimeProvider();
        await using var host = await DirectoryHost.StartAsync(folder.Path, ring, more: b => b.Services.AddSingleton<TimeProvider>(time));
        for (var tries = 0; await ShapeAsync() == 0 && tries < 200; tries++)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(50);
        }

        (await ShapeAsync()).Should().Be(DirectoryStoreFile.Schema);
    }

    private async Task<long> ShapeAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(DirectoryStoreFile.ConnectionString(folder.Path));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static SignInAttempt Resume(SignInAttempt attempt, SignInCodeReport code) =>
        attempt with { ResumeHandle = code.ResumeHandle, ExpiresAtUtc = code.ExpiresAtUtc };

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(DirectoryStoreFile.ConnectionString(folder.Path));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
