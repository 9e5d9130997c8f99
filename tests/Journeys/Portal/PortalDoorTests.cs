using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>The portal's door, without a browser: what it says to those who have no key, and to pages of others.</summary>
public sealed partial class PortalDoorTests(PortalGateway portal) : IClassFixture<PortalGateway>
{
    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/add", "/sign-in?next=%2Fadd")]
    [InlineData("/devices/001565aabbcc?x=1", "/sign-in?next=%2Fdevices%2F001565aabbcc%3Fx%3D1")]
    public async Task Page_WithoutCookie_LeadsToTheSignIn(string path, string expected)
    {
        using var client = Client();

        var answer = await client.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Be(expected);
    }

    [Fact]
    public async Task EveryAnswer_CarriesTheHeaders()
    {
        using var client = Client();
        foreach (var path in new[] { "/", "/sign-in", "/portal/portal.js" })
        {
            var headers = (await client.GetAsync(path)).Headers;
            headers.GetValues("Content-Security-Policy").Single().Should().Contain("script-src 'self';").And.Contain("style-src 'self';").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
            headers.GetValues("X-Frame-Options").Single().Should().Be("DENY");
            headers.GetValues("X-Content-Type-Options").Single().Should().Be("nosniff");
            headers.CacheControl!.NoStore.Should().Be(!path.EndsWith(".js", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Circuit_WithoutCookieOrFromAnotherOrigin_IsRefused()
    {
        using var client = Client();
        (await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await SignInAsync(client, portal.Key)).Headers.Location!.ToString().Should().Be("/");
        (await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode.Should().Be(HttpStatusCode.OK);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        foreign.Headers.Add("Origin", "http://127.0.0.1:1");
        (await client.SendAsync(foreign)).StatusCode.Should().Be(HttpStatusCode.Forbidden, "another port is another page");
    }

    [Fact]
    public async Task Session_WithoutTheFormsToken_IsNotBegun()
    {
        using var client = Client();
        using var form = new FormUrlEncodedContent([new("key", portal.Key)]);

        var answer = await client.PostAsync("/session", form);

        answer.Headers.Location!.ToString().Should().Contain("why=Forged");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_ToAnotherHost_LeadsToTheStart(string next)
    {
        using var client = Client();

        (await SignInAsync(client, portal.Key, next)).Headers.Location!.ToString().Should().Be("/");
    }

    [Fact]
    public async Task WrongKeys_TooManyFromOneAddress_AreLimitedTogetherWithTheApi()
    {
        using var client = Client("127.0.34.1");
        for (var i = 0; i < 10; i++)
        {
            (await SignInAsync(client, "wrong")).Headers.Location!.ToString().Should().Contain("why=Wrong");
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tenants/default");
            request.Headers.Add("Authorization", "Bearer wrong");
            (await client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        (await SignInAsync(client, "wrong")).Headers.Location!.ToString().Should().Contain("why=TooMany");
        (await SignInAsync(client, portal.Key)).Headers.Location!.ToString().Should().Be("/", "the right key is never limited");
    }

    [Fact]
    public async Task PhonesSide_PathsOfThePortal_AreProvisionings()
    {
        using var phones = new HttpClient { BaseAddress = new Uri($"http://{portal.Gateway["http"]}") };
        foreach (var path in new[] { "/", "/sign-in", "/portal/portal.js", "/add" })
        {
            var answer = await phones.GetAsync(path);
            answer.StatusCode.Should().NotBe(HttpStatusCode.OK).And.NotBe(HttpStatusCode.Redirect);
            answer.Headers.Contains("Content-Security-Policy").Should().BeFalse();
        }
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string key, string next = "/")
    {
        var page = await client.GetStringAsync("/sign-in");
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("key", key), new("next", next)]);
        return await client.PostAsync("/session", form);
    }

    private HttpClient Client(string source = "127.0.0.1") => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri($"http://{portal.Gateway["admin"]}"),
    };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
