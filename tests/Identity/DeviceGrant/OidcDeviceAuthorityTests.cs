using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity.Tests;

public sealed class OidcDeviceAuthorityTests : IAsyncLifetime
{
    private const string Pending = """{"error":"authorization_pending"}""";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(77);
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;
    private readonly JumpingTime time = new(Start, RequestTimeout);
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" };
    private readonly KeyRing ring = KeyRing.Create();
    private ScriptedServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ScriptedServer.StartAsync(time);
        server.On("/.well-known/openid-configuration", 200, $$"""
            {"issuer":"https://issuer.test","device_authorization_endpoint":"{{server.Address}}device","token_endpoint":"{{server.Address}}token","jwks_uri":"{{server.Address}}keys"}
            """);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Polling_UntilTheUserIsThere_FollowsTheInterval()
    {
        Keys(key).Code("""{"device_code":"dc","user_code":"ABCD","verification_uri":"https://v.test/","verification_uri_complete":"https://v.test/?c=ABCD","expires_in":600,"interval":7}""");
        server.On("/token", 400, Pending).On("/token", 400, Pending).On("/token", 200, Tokens());

        var (code, result) = await RunAsync();

        code!.UserCode.Should().Be("ABCD");
        code.VerificationUriComplete.Should().Be("https://v.test/?c=ABCD");
        code.ExpiresAtUtc.Should().Be(Start.AddSeconds(600));
        code.ResumeHandle.Should().NotContain("dc\"");
        result.User.Should().Be(new SignedInUser { UserId = "u1", DisplayName = "Uta", PhoneNumber = "+4930", Tenant = "t1" });
        Waits().Should().Equal(7, 7, 7);
        server.At("/token").First().Form.Should().Contain("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
            .And.Contain("device_code", "dc").And.Contain("client_id", "phones").And.NotContainKey("client_secret");
        server.At("/device").Single().Form.Should().Contain("scope", "openid");
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","interval":null""")]
    [InlineData(""","interval":0""")]
    [InlineData(""","interval":-3""")]
    public async Task Interval_AbsentOrSenseless_IsFiveSeconds(string interval)
    {
        Keys(key).Code(Reply(interval));
        server.On("/token", 400, Pending).On("/token", 200, Tokens());

        await RunAsync();

        Waits().Should().Equal(5, 5);
    }

    [Fact]
    public async Task SlowDown_AddsFiveSecondsEachTime_ForGood()
    {
        Keys(key).Code(Reply(""","interval":5"""));
        server.On("/token", 400, """{"error":"slow_down"}""").On("/token", 400, """{"error":"slow_down","error_description":"x"}""")
            .On("/token", 400, Pending).On("/token", 200, Tokens());

        (await RunAsync()).Result.User.Should().NotBeNull();

        Waits().Should().Equal(5, 10, 15, 15);
    }

    [Fact]
    public async Task Faults_BackOffAndGoOn()
    {
        Keys(key).Code(Reply(""","interval":2"""));
        server.On("/token", 500, "oops").On("/token", 503, "", ("Retry-After", "30")).On("/token", Abort)
            .On("/token", 400, "<html>proxy</html>").On("/token", 429, Pending.Replace("authorization_pending", "x"))
            .On("/token", 400, """{"error":"temporarily_unavailable"}""").On("/token", 400, Pending).On("/token", 200, Tokens());

        (await RunAsync()).Result.User.Should().NotBeNull();

        Waits().Should().Equal(2, 4, 30, 16, 32, 60, 60, 2);

        static Task Abort(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("access_denied", SignInFailures.Denied)]
    [InlineData("authorization_declined", SignInFailures.Denied)]
    [InlineData("expired_token", SignInFailures.Expired)]
    public async Task EndOfTheCode_IsSaidAndPollingStops(string error, string failure)
    {
        Keys(key).Code(Reply(""));
        server.On("/token", 400, $$"""{"error":"{{error}}"}""");

        (await RunAsync()).Result.Failure.Should().Be(failure);

        server.At("/token").Should().HaveCount(1);
    }

    [Theory]
    [InlineData("invalid_grant")]
    [InlineData("invalid_client")]
    [InlineData("something_new")]
    public async Task OtherErrors_EndWithTheirName(string error)
    {
        Keys(key).Code(Reply(""));
        server.On("/token", 400, $$"""{"error":"{{error}}"}""");

        (await RunAsync()).Result.Failure.Should().Contain($"({error})");
    }

    [Fact]
    public async Task NobodyComes_PollingStopsWhenTheCodeEnds()
    {
        Keys(key).Code("""{"device_code":"dc","user_code":"ABCD","verification_uri":"https://v.test/","expires_in":22}""");
        server.On("/token", 400, Pending);

        (await RunAsync()).Result.Failure.Should().Be(SignInFailures.Expired);

        server.At("/token").Should().HaveCount(4);
        time.GetUtcNow().Should().Be(Start.AddSeconds(22));
    }

    [Theory]
    [InlineData("""{"access_token":"a"}""")]
    [InlineData("[1,2]")]
    [InlineData("garbage")]
    [InlineData("""{"id_token":17}""")]
    public async Task Success_WithoutAnIdToken_SignsNobodyIn(string body)
    {
        Keys(key).Code(Reply(""));
        server.On("/token", 200, body);

        var result = (await RunAsync()).Result;

        result.User.Should().BeNull();
        result.Failure.Should().Contain("no_id_token");
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("expired")]
    [InlineData("unsigned")]
    [InlineData("garbage")]
    public async Task IdToken_ThatDoesNotVerify_SignsNobodyIn(string wrong)
    {
        Keys(key).Code(Reply(""));
        var stranger = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" };
        server.On("/token", 200, wrong switch
        {
            "signature" => Tokens(signer: stranger),
            "issuer" => Tokens(issuer: "https://other.test"),
            "audience" => Tokens(audience: "other"),
            "expired" => Tokens(expires: Start.AddMinutes(-10)),
            "unsigned" => $$"""{"id_token":"{{new JsonWebTokenHandler().CreateToken("""{"sub":"u1","iss":"https://issuer.test","aud":"phones","exp":99999999999}""")}}"}""",
            _ => """{"id_token":"a.b.c"}""",
        });

        var result = (await RunAsync()).Result;

        result.User.Should().BeNull();
        result.Failure.Should().Be(SignInFailures.BadToken);
    }

    [Fact]
    public async Task IdToken_SignedWithANewKey_IsVerifiedAfterReadingTheKeysAgain()
    {
        var old = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k0" };
        Keys(old).Keys(key).Code(Reply(""));
        server.On("/token", 200, Tokens());

        (await RunAsync()).Result.User!.UserId.Should().Be("u1");
    }

    [Theory]
    [InlineData(200, "garbage", SignInFailures.BadCodeReply)]
    [InlineData(200, """{"user_code":"ABCD"}""", SignInFailures.BadCodeReply)]
    [InlineData(200, """{"device_code":"d","user_code":"ABCD","verification_uri":"https://v.test/"}""", SignInFailures.BadCodeReply)]
    [InlineData(500, "", SignInFailures.Unreachable)]
    public async Task CodeRequest_WithoutAUsableAnswer_IsSaid(int status, string body, string failure)
    {
        Keys(key);
        server.On("/device", status, body);

        var (code, result) = await RunAsync();

        code.Should().BeNull();
        result.Failure.Should().Be(failure);
        server.At("/device").Should().HaveCount(status == 500 ? 3 : 1);
    }

    [Fact]
    public async Task CodeRequest_Refused_NamesTheError()
    {
        Keys(key);
        server.On("/device", 401, """{"error":"invalid_client"}""");

        (await RunAsync()).Result.Failure.Should().Contain("(invalid_client)");
    }

    [Fact]
    public async Task ServerThatComesBack_IsAskedAgainForACode()
    {
        Keys(key);
        server.On("/device", 503, "").On("/device", 200, Reply("")).On("/token", 200, Tokens());

        (await RunAsync()).Result.User.Should().NotBeNull();
    }

    [Fact]
    public async Task Silence_IsATimeOutAndAFault()
    {
        var answers = 0;
        await using var real = await ScriptedServer.StartAsync();
        real.On("/token", async context =>
        {
            if (Interlocked.Increment(ref answers) == 1)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(Pending);
        });
        using var http = new HttpClient(real.Handler());
        var client = new DeviceGrantClient(http, new("phones", "", "openid"), TimeProvider.System, TimeSpan.FromMilliseconds(300));
        var target = new DeviceGrantServer("i", real.Address, new Uri(real.Address, "token"), []);

        (await client.PollAsync(target, "dc", default)).Kind.Should().Be(PollAnswerKind.Fault);
        (await client.PollAsync(target, "dc", default)).Kind.Should().Be(PollAnswerKind.Pending);
    }

    [Fact]
    public async Task Certificate_OfAnotherCa_IsNotTrusted()
    {
        using var http = new HttpClient(PrivateTrustHandler.Create(
            () => new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, server.Address.Port), () => []));

        await http.Invoking(h => h.GetAsync(server.Address)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task Certificate_ForAnotherName_IsNotTrusted()
    {
        using var http = new HttpClient(server.Handler());

        await http.Invoking(h => h.GetAsync(new UriBuilder(server.Address) { Host = "elsewhere.test" }.Uri))
            .Should().ThrowAsync<HttpRequestException>();
    }

    private static string Reply(string interval) =>
        $$"""{"device_code":"dc","user_code":"ABCD","verification_uri":"https://v.test/","expires_in":600{{interval}}}""";

    private OidcDeviceAuthorityTests Keys(ECDsaSecurityKey published)
    {
        var parameters = published.ECDsa.ExportParameters(false);
        server.On("/keys", 200, $$"""
            {"keys":[{"kty":"EC","crv":"P-256","use":"sig","kid":"{{published.KeyId}}","x":"{{Base64UrlEncoder.Encode(parameters.Q.X!)}}","y":"{{Base64UrlEncoder.Encode(parameters.Q.Y!)}}"}]}
            """);
        return this;
    }

    private void Code(string reply) => server.On("/device", 200, reply);

    private string Tokens(
        ECDsaSecurityKey? signer = null, string issuer = "https://issuer.test", string audience = "phones", DateTimeOffset? expires = null) =>
        $$"""{"access_token":"a","token_type":"Bearer","id_token":"{{new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = (expires ?? Start.AddHours(1)).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = "u1", ["name"] = "Uta", ["phone_number"] = "+4930", ["tenant"] = "t1" },
            SigningCredentials = new(signer ?? key, "ES256"),
        })}}"}""";

    private List<double> Waits()
    {
        List<DateTimeOffset> moments = [Start, .. server.At("/token").Select(r => r.AtUtc)];
        return [.. moments.Zip(moments.Skip(1), (a, b) => (b - a).TotalSeconds)];
    }

    private async Task<(SignInCodeReport? Code, SignInResultReport Result)> RunAsync()
    {
        using var http = new HttpClient(server.Handler());
        var authority = new PlainAuthority(http, server.Address, ring, time, NullLogger.Instance);
        await using var steps = new Steps(authority, Steps.Attempt());
        var first = await steps.NextAsync();
        return first.Code is { } code ? (code, await steps.ResultAsync()) : (null, first.Result!);
    }

    private sealed class PlainAuthority(HttpClient http, Uri address, KeyRing ring, TimeProvider time, ILogger logger)
        : OidcDeviceAuthority(http, new("phones", "", "openid"), new() { RequestTimeout = RequestTimeout }, ring, time, logger)
    {
        public override SignInAuthorityKind Kind => SignInAuthorityKind.Embedded;

        protected override Uri BaseAddress => address;

        protected override string? ExpectedIssuer => null;
    }
}
