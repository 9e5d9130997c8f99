using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity.Tests;

/// <summary>Against a server that speaks the wire format of learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code.</summary>
public sealed class EntraAuthorityTests : IAsyncLifetime
{
    private const string TenantId = "11111111-2222-3333-4444-555555555555";
    private const string ClientId = "99999999-8888-7777-6666-555555555555";
    private const string CodePath = $"/{TenantId}/oauth2/v2.0/devicecode";
    private const string TokenPath = $"/{TenantId}/oauth2/v2.0/token";
    private const string RefreshToken = "refresh-token-secret";
    private static readonly TenantSettings Settings = new() { Authority = SignInAuthorityKind.Entra, EntraTenantId = TenantId, EntraClientId = ClientId };
    private readonly TemporaryFolder folder = new();
    private readonly KeyRing ring = KeyRing.Create();
    private readonly JumpingTime time = new(DateTimeOffset.UtcNow, TimeSpan.FromDays(1));
    private ScriptedServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ScriptedServer.StartAsync(time);
        server.On(CodePath, 200, """
            {"user_code":"EJPVW9FDK","device_code":"device-code-secret","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,
             "message":"To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code EJPVW9FDK to authenticate."}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task SignIn_AfterPending_TellsWhoItIs()
    {
        server.On(TokenPath, 400, Error("authorization_pending", 70016)).On(TokenPath, 200, Tokens());
        await using var steps = Begin();

        var code = await steps.CodeAsync();
        var result = await steps.ResultAsync();

        code.UserCode.Should().Be("EJPVW9FDK");
        code.VerificationUri.Should().Be("https://microsoft.com/devicelogin");
        code.VerificationUriComplete.Should().BeEmpty("Entra has none");
        code.ResumeHandle.Should().BeEmpty();
        code.ExpiresAtUtc.Should().BeCloseTo(DateTimeOffset.UtcNow.AddMinutes(15), TimeSpan.FromMinutes(1));
        result.Failure.Should().BeEmpty();
        result.User.Should().Be(new SignedInUser { UserId = "anna@contoso.com", DisplayName = "Anna Arendt", PhoneNumber = "+4930123456" });
        server.At(TokenPath).Should().HaveCount(2);
        server.At(CodePath).Single().Form["scope"].Should().Contain("openid").And.Contain("profile");
        server.At(CodePath).Single().Form["client_id"].Should().Be(ClientId);
    }

    [Fact]
    public async Task SignIn_WithoutUpnAndNumber_FallsBackToTheObjectId()
    {
        server.On(TokenPath, 200, Tokens(upn: null, number: null));
        await using var steps = Begin();
        await steps.CodeAsync();

        var user = (await steps.ResultAsync()).User!;

        user.UserId.Should().Be("object-1");
        user.PhoneNumber.Should().BeEmpty();
    }

    [Theory]
    [InlineData("authorization_declined", 70018, SignInFailures.Denied)]
    [InlineData("expired_token", 70020, SignInFailures.Expired)]
    [InlineData("bad_verification_code", 70017, SignInFailures.Expired)]
    [InlineData("invalid_grant", 50020, SignInFailures.OtherTenant)]
    [InlineData("access_denied", 53003, SignInFailures.Denied)]
    [InlineData("invalid_grant", 53003, EntraFailures.ConditionalAccess)]
    [InlineData("invalid_client", 7000218, EntraFailures.PublicClient)]
    [InlineData("unauthorized_client", 700016, EntraFailures.ApplicationUnknown)]
    public async Task EndOfTheAttempt_IsSaidInWords(string error, int code, string failure)
    {
        server.On(TokenPath, 400, Error(error, code));
        await using var steps = Begin();
        await steps.CodeAsync();

        (await steps.ResultAsync()).Failure.Should().Be(failure);
    }

    [Fact]
    public async Task ErrorWithoutADescription_KeepsItsName()
    {
        server.On(TokenPath, 400, """{"error":"authorization_declined"}""");
        await using var steps = Begin();
        await steps.CodeAsync();

        (await steps.ResultAsync()).Failure.Should().Be(SignInFailures.Denied);
    }

    [Fact]
    public async Task SlowDownAndFaults_DoNotEndTheAttempt()
    {
        await using var other = await ScriptedServer.StartAsync(time);
        other.On(CodePath, 200, """{"user_code":"E","device_code":"d","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"m"}""");
        other.On(TokenPath, 400, """{"error":"slow_down"}""").On(TokenPath, 503, "").On(TokenPath, 429, "", ("Retry-After", "40"))
            .On(TokenPath, 200, Tokens());
        var start = time.GetUtcNow();
        await using var steps = Begin(target: other);
        await steps.CodeAsync();

        (await steps.ResultAsync()).User!.UserId.Should().Be("anna@contoso.com");

        other.At(TokenPath).Should().HaveCount(4);
        (other.At(TokenPath).Last().AtUtc - start).Should().Be(TimeSpan.FromSeconds(5 + 1 + 40), "each was waited out");
    }

    [Fact]
    public async Task UserOfAnotherTenant_IsNotSignedIn()
    {
        server.On(TokenPath, 200, Tokens(tenant: "aaaaaaaa-0000-0000-0000-000000000000"));
        await using var steps = Begin();
        await steps.CodeAsync();

        var result = await steps.ResultAsync();

        result.User.Should().BeNull();
        result.Failure.Should().Be(SignInFailures.OtherTenant);
    }

    [Fact]
    public async Task CodeShownBeforeARestart_EndsAsInterrupted()
    {
        await using var steps = new Steps(Authority(server), Steps.Attempt() with { ExpiresAtUtc = DateTimeOffset.UtcNow.AddMinutes(5) }, Settings);

        (await steps.ResultAsync()).Failure.Should().Be(SignInFailures.Interrupted);
        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("", ClientId, EntraFailures.NotConfigured)]
    [InlineData(TenantId, "", EntraFailures.NotConfigured)]
    [InlineData("common", ClientId, EntraFailures.OneTenant)]
    [InlineData("Organizations", ClientId, EntraFailures.OneTenant)]
    public async Task TenantNotSetUp_IsSaid(string tenant, string client, string failure)
    {
        await using var steps = Begin(Settings with { EntraTenantId = tenant, EntraClientId = client });

        (await steps.ResultAsync()).Failure.Should().Be(failure);
    }

    [Fact]
    public async Task ServerAway_IsSaid()
    {
        await using var away = await ScriptedServer.StartAsync(time);
        away.On(CodePath, 503, "");
        await using var steps = Begin(target: away);

        (await steps.ResultAsync()).Failure.Should().Be(SignInFailures.Unreachable);
    }

    [Fact]
    public async Task Abandoned_StopsPolling()
    {
        server.On(TokenPath, 400, Error("authorization_pending", 70016));
        await using var steps = Begin();
        await steps.CodeAsync();

        await steps.AbandonAsync(steps.NextAsync());
    }

    [Fact]
    public async Task TokenCache_IsOneLockedFileAUser()
    {
        server.On(TokenPath, 200, Tokens());
        await using var steps = Begin();
        await steps.CodeAsync();
        (await steps.ResultAsync()).User.Should().NotBeNull();

        var file = Directory.GetFiles(Path.Combine(folder.Path, "entra-tokens")).Single();
        var text = await File.ReadAllTextAsync(file);
        const string Account = $"uid-1.{TenantId}";
        Path.GetFileName(file).Should().MatchRegex("^[0-9a-f]{64}$");
        (OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file))
            .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        text.Should().NotContain(RefreshToken).And.NotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(RefreshToken))[..16]);
        SecretBox.Unlock(KeyRing.Create(), text, EntraTokenCache.Place(Account)).Should().BeNull("another ring does not open it");
        SecretBox.Unlock(ring, text, EntraTokenCache.Place("uid-2." + TenantId)).Should().BeNull("it is this user's alone");
        Encoding.UTF8.GetString(Convert.FromBase64String(SecretBox.Unlock(ring, text, EntraTokenCache.Place(Account))!)).Should().Contain(RefreshToken);

        await new EntraTokenCache(new FileTokenCacheStore(folder.Path), ring).RemoveAsync(Account, default);
        File.Exists(file).Should().BeFalse();
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF")]
    public async Task TokenCacheStore_OtherNames_AreRefused(string name) =>
        await new FileTokenCacheStore(folder.Path).Invoking(s => s.LoadAsync(name, default)).Should().ThrowAsync<ArgumentException>();

    private static string Error(string error, int code) => $$"""
        {"error":"{{error}}","error_description":"AADSTS{{code}}: Something in words. Trace ID: 0 Correlation ID: 0 Timestamp: 2026-01-01 00:00:00Z",
         "error_codes":[{{code}}],"timestamp":"2026-01-01 00:00:00Z","trace_id":"0","correlation_id":"0"}
        """;

    private static string Tokens(string tenant = TenantId, string? upn = "anna@contoso.com", string? number = "+4930123456")
    {
        var claims = new Dictionary<string, object?>
        {
            ["aud"] = ClientId, ["iss"] = $"https://login.microsoftonline.com/{tenant}/v2.0", ["iat"] = 1, ["nbf"] = 1, ["exp"] = 99999999999,
            ["name"] = "Anna Arendt", ["oid"] = "object-1", ["sub"] = "subject-1", ["tid"] = tenant, ["ver"] = "2.0",
            ["preferred_username"] = upn, ["phone_number"] = number,
        };
        var body = System.Text.Json.JsonSerializer.Serialize(claims.Where(c => c.Value is not null).ToDictionary());
        var idToken = $"{Base64UrlEncoder.Encode("""{"typ":"JWT","alg":"RS256","kid":"k"}""")}.{Base64UrlEncoder.Encode(body)}.{Base64UrlEncoder.Encode("s")}";
        var clientInfo = Base64UrlEncoder.Encode($$"""{"uid":"uid-1","utid":"{{tenant}}"}""");
        return $$"""
            {"token_type":"Bearer","scope":"openid profile email","expires_in":3599,"ext_expires_in":3599,"access_token":"access-token-secret",
             "refresh_token":"{{RefreshToken}}","id_token":"{{idToken}}","client_info":"{{clientInfo}}"}
            """;
    }

    private Steps Begin(TenantSettings? settings = null, ScriptedServer? target = null) =>
        new(Authority(target ?? server), Steps.Attempt(), settings ?? Settings);

    private EntraAuthority Authority(ScriptedServer target) => new(
        new() { AuthorityHost = target.Address, InstanceDiscovery = false, HandlerFactory = target.Handler },
        new EntraTokenCache(new FileTokenCacheStore(folder.Path), ring), time, NullLogger<EntraAuthority>.Instance);
}
