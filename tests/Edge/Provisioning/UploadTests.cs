using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What phones send, what they get back of it, and files by range and packed.</summary>
public sealed class UploadTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private const string Content = "<directory><item_list/></directory>";

    protected override ProvisioningOptions Change(ProvisioningOptions options) => options with { MaxUploadBytes = 5000 };

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Device_Sends_AndItIsKeptUnderItsName(string method)
    {
        var path = InService();

        (await SendAsync(method, $"{path}{Mac}-APP.log", Content)).Status.Should().Be(200);

        Script.Files.Should().ContainKey($"{Mac}-app.log");
        Encoding.UTF8.GetString(Script.Files[$"{Mac}-app.log"].Content.AsSpan()).Should().Be(Content);
    }

    [Fact]
    public async Task Poly_GetsItsDirectoryBack_AndNoOverrides()
    {
        var path = InService();
        foreach (var file in new[] { "directory.xml", "calls.xml", "phone.cfg", "web.cfg" }) await SendAsync("PUT", $"{path}{Mac}-{file}", Content, PolyAgent());

        foreach (var file in new[] { "directory.xml", "calls.xml" })
            (await Server.GetAsync($"{path}{Mac}-{file}", PolyAgent(), isSecure: true)).Text.Should().Be(Content);
        foreach (var file in new[] { "phone.cfg", "web.cfg", "app.log" })
            (await Server.GetAsync($"{path}{Mac}-{file}", PolyAgent(), isSecure: true)).Status.Should().Be(404);
        (await Server.GetAsync($"{path}{Mac}-directory.xml", PolyAgent())).Status.Should().Be(404, "it came over plain http");
        (await Server.GetAsync($"/{Mac}-directory.xml", PolyAgent(), isSecure: true)).Status.Should().Be(404, "anybody may say a MAC");
    }

    [Theory]
    [InlineData("root")]
    [InlineData("plain")]
    [InlineData("stranger")]
    [InlineData("candidate")]
    [InlineData("other-phone")]
    public async Task Sender_WhoIsNotTheDevice_IsTakenAndForgotten(string sender)
    {
        var path = InService();
        var candidate = new Uri((await BootstrapAsync())["static.auto_provision.server.url"]).AbsolutePath;
        var (target, isSecure, agent) = sender switch
        {
            "root" => ("/", true, UserAgent(Mac)),
            "plain" => (path, false, UserAgent(Mac)),
            "stranger" => ($"/d/{new DeviceToken(Mac, "ffffffffffffffffffffffffffffffff").Format(Edge.Ring, DeviceTokenKind.Config)}/", true, UserAgent(Mac)),
            "candidate" => (candidate, true, UserAgent(Mac)),
            _ => (path, true, UserAgent(EdgeFixture.NewMac())),
        };

        (await SendAsync("PUT", $"{target}{Mac}-app.log", Content, agent, isSecure)).Status.Should().Be(200);

        Script.Files.Should().BeEmpty();
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("a%0Ab.log", 404)]
    [InlineData(".htaccess", 404)]
    [InlineData("a%00.log", 400)]
    [InlineData("{{7*7}}.log", 404)]
    public async Task Name_ThatIsNone_IsRefused(string name, int status)
    {
        (await SendAsync("PUT", InService() + name, Content)).Status.Should().Be(status);
        Script.Files.Should().BeEmpty();
    }

    [Theory]
    [InlineData(5000, 200)]
    [InlineData(5001, 413)]
    [InlineData(100_000, 413)]
    public async Task Size_IsBounded_WhetherItIsSaidOrNot(int length, int status)
    {
        var path = InService();

        (await SendAsync("PUT", $"{path}{Mac}-app.log", new string('x', length))).Status.Should().Be(status);
        (await SendAsync("PUT", $"{path}{Mac}-boot.log", new string('x', length), isChunked: true)).Status.Should().Be(status);

        Script.Files.Count.Should().Be(status == 200 ? 2 : 0);
    }

    [Fact]
    public async Task Upload_OfNoPhone_Is403() => (await SendAsync("PUT", $"{InService()}{Mac}-app.log", Content, "curl/8")).Status.Should().Be(403);

    [Theory]
    [InlineData("bytes=0-9", 206, 0, 10)]
    [InlineData("bytes=10-", 206, 10, -1)]
    [InlineData("bytes=-5", 206, -5, 5)]
    [InlineData("bytes=100000-", 416, 0, 0)]
    public async Task Range_IsAnsweredAsAsked(string range, int status, int from, int length)
    {
        var path = $"{InService()}{Mac}.cfg";
        var whole = (await GetAsync(path, isSecure: true)).Text;

        var part = await Server.GetAsync(path, UserAgent(Mac), true, null, ("Range", range));

        part.Status.Should().Be(status);
        if (status == 416) return;
        var start = from < 0 ? whole.Length + from : from;
        part.Text.Should().Be(whole.Substring(start, length < 0 ? whole.Length - start : length));
    }

    [Fact]
    public async Task Gzip_WhereThePhoneTakesIt_IsTheSameFile_AndAsStable()
    {
        var path = $"{InService()}{Mac}.cfg";
        var plain = await GetAsync(path, isSecure: true);

        var (packed, tag) = await PackedAsync(path);

        packed.Should().Be(plain.Text);
        tag.Should().Be((await PackedAsync(path)).Tag).And.NotBe(plain.Headers["ETag"]);
        (await Server.GetAsync(path, UserAgent(Mac), true, null, ("If-None-Match", tag), ("Accept-Encoding", "gzip"))).Status.Should().Be(304);
        var refused = await Server.GetAsync(path, UserAgent(Mac), true, null, ("Accept-Encoding", "gzip;q=0"));
        refused.Text.Should().Be(plain.Text);
    }

    private async Task<(string Text, string Tag)> PackedAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://127.0.0.1:{Server.HttpsPort}{path}");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent(Mac));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var response = await http.SendAsync(request);
        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return (await reader.ReadToEndAsync(), response.Headers.ETag!.ToString());
    }

    private async Task<PhoneAnswer> SendAsync(
        string method, string path, string content, string? agent = null, bool isSecure = true, bool isChunked = false)
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var request = new HttpRequestMessage(
            new HttpMethod(method), (isSecure ? $"https://127.0.0.1:{Server.HttpsPort}" : $"http://127.0.0.1:{Server.HttpPort}") + path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent ?? UserAgent(Mac));
        request.Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(content)));
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        using var response = await http.SendAsync(request);
        return new PhoneAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), new Dictionary<string, string>());
    }

    private string PolyAgent() => $"FileTransport PolycomVVX-VVX_450-UA/6.4.3.5156 (SN:{Mac}) Type/Application";
}
