using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using SipGateway.Oidc;

namespace SipGateway.AdminApi.Tests.Access;

/// <summary>Access tokens of a real OpenID Connect server, and those that it never gave.</summary>
public sealed class OidcTokenTests(OidcAdminApi api) : IClassFixture<OidcAdminApi>
{
    private const string Tenant = "/v1/tenants/default";

    [Fact]
    public async Task Token_WithARole_OpensWhatTheRoleMay()
    {
        using var admin = await CallerAsync("ada");
        (await admin.PostAsync($"{Tenant}/devices", """{"mac":"001565ac0001"}""")).Status.Should().Be(HttpStatusCode.OK);
        (await admin.PostAsync("/v1/tenants", """{"tenantId":"vienna"}""")).Status.Should().Be(HttpStatusCode.OK);
        using var viewer = await CallerAsync("vera");
        (await viewer.GetAsync($"{Tenant}/devices/001565ac0001")).Status.Should().Be(HttpStatusCode.OK);
        RestCaller.ReasonOf((await viewer.PostAsync($"{Tenant}/devices/001565ac0001:restart")).Body).Should().Be("NOT_ALLOWED");
        using var ofVienna = await CallerAsync("tina");
        (await ofVienna.GetAsync("/v1/tenants/vienna/devices")).Status.Should().Be(HttpStatusCode.OK);
        (await ofVienna.GetAsync($"{Tenant}/devices")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await viewer.GetAsync("/v1/caller")).Body.GetProperty("actor").GetString().Should().Be("oidc:vera");

        var rows = "";
        for (var tries = 0; tries < 100 && !rows.Contains("device.claim", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(50);
            rows = (await admin.GetAsync($"{Tenant}/auditEvents")).Body.ToString();
        }

        rows.Should().Contain("oidc:ada").And.NotContain("eyJ");
    }

    [Fact]
    public async Task Token_WithoutARole_Is403AndSaysSo()
    {
        using var nobody = await CallerAsync("noah");

        var (status, error) = await nobody.GetAsync($"{Tenant}/devices");

        status.Should().Be(HttpStatusCode.Forbidden);
        RestCaller.ReasonOf(error).Should().Be("NO_ROLE");
        using var forged = With(api.Server.Forge(role: "sipgateway-admin "));
        RestCaller.ReasonOf((await forged.GetAsync($"{Tenant}/devices")).Body).Should().Be("NO_ROLE", "a role is what is written, to the letter");
    }

    [Fact]
    public async Task Token_AsTheServerSignsIt_Counts()
    {
        using var good = With(api.Server.Forge());

        (await good.GetAsync("/v1/caller")).Status.Should().Be(HttpStatusCode.OK, "what the others lack is what they are refused for");
    }

    [Fact]
    public async Task Token_Expired_IsToldFromAWrongOne()
    {
        using var late = With(api.Server.Forge(expiresIn: TimeSpan.FromMinutes(-2)));

        var (status, error) = await late.GetAsync("/v1/caller");

        status.Should().Be(HttpStatusCode.Unauthorized);
        RestCaller.ReasonOf(error).Should().Be("TOKEN_EXPIRED");
    }

    public static TheoryData<string> Faults => ["issuer", "audience", "stranger's key", "early", "none", "secret as key", "changed", "cut"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Token_ThatIsNone_Is401(string fault)
    {
        var server = api.Server;
        var good = server.Forge();
        using var caller = With(fault switch
        {
            "issuer" => server.Forge(issuer: "http://127.0.0.1:1/"),
            "audience" => server.Forge(audience: "another-client"),
            "stranger's key" => server.Forge(signedBy: OidcServer.NewKey()),
            "early" => server.Forge(validIn: TimeSpan.FromMinutes(5)),
            "none" => $"{Base64("""{"alg":"none","typ":"JWT"}""")}.{good.Split('.')[1]}.",
            "secret as key" => server.Forge(
                signedBy: new SymmetricSecurityKey(server.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = server.Key.KeyId }, algorithm: "HS256"),
            "changed" => Changed(good),
            _ => good[..^8],
        });

        var (status, error) = await caller.GetAsync("/v1/caller");

        status.Should().Be(HttpStatusCode.Unauthorized);
        RestCaller.ReasonOf(error).Should().Be("NO_VALID_KEY");
    }

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(parts[1])).Replace("forger", "somebody", StringComparison.Ordinal);
        JsonDocument.Parse(payload).RootElement.GetProperty("sub").GetString().Should().Be("somebody");
        return $"{parts[0]}.{Base64(payload)}.{parts[2]}";
    }

    private static string Base64(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));

    private RestCaller With(string token) => new(api.Rest, token);

    private async Task<RestCaller> CallerAsync(string person) => With(await api.Server.TokenAsync(person));
}

/// <summary>The server takes a new key.</summary>
public sealed class OidcKeyRotationTests(OidcAdminApi api) : IClassFixture<OidcAdminApi>
{
    [Fact]
    public async Task Key_Rotated_TheNewOneCountsAndTheOldOneNoMore()
    {
        using var before = new RestCaller(api.Rest, await api.Server.TokenAsync("ada"));
        (await before.GetAsync("/v1/caller")).Status.Should().Be(HttpStatusCode.OK);

        api.Server.Rotate();
        using var after = new RestCaller(api.Rest, await api.Server.TokenAsync("ada"));
        var status = HttpStatusCode.Unauthorized;
        for (var tries = 0; tries < 20 && status != HttpStatusCode.OK; tries++)
        {
            status = (await after.GetAsync("/v1/caller")).Status;
            await Task.Delay(100);
        }

        status.Should().Be(HttpStatusCode.OK);
        (await before.GetAsync("/v1/caller")).Status.Should().Be(HttpStatusCode.Unauthorized, "the server has taken that key back");
    }

    [Fact]
    public async Task Server_Away_IsNoWrongToken()
    {
        var away = new OidcServerAway();
        using var tokens = new AdminTokens(away.Options, TimeProvider.System);

        (await tokens.JudgeAsync("a.b.c", CancellationToken.None)).Verdict.Should().Be(Portal.CredentialVerdict.Unavailable);
    }

    private sealed class OidcServerAway
    {
        public AdminApiOptions Options { get; } = new()
        {
            Key = AdminKey.FromText(new string('k', 40)),
            Oidc = new Hosting.AdminOidcOptions { Authority = new Uri("http://127.0.0.1:1/"), ClientId = "c", Audience = "c" },
        };
    }
}
