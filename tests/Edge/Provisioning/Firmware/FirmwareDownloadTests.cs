using Microsoft.Extensions.DependencyInjection;
using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning.Firmware;

/// <summary><c>/firmware/FILE</c> as phones fetch it, and as others try.</summary>
public sealed class FirmwareDownloadTests : ProvisioningTest
{
    private const string Path = "/firmware/a.rom";
    private readonly FirmwareFolder folder = new();
    private readonly byte[] bytes;

    public FirmwareDownloadTests(EdgeFixture edge)
        : base(edge)
    {
        bytes = folder.Put("a.rom", 100_000);
        folder.Put("unnamed.rom");
        Directory.CreateDirectory(folder.At("sub"));
        folder.Manifest(folder.Row("a.rom"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override ProvisioningOptions Change(ProvisioningOptions options) => options with { FirmwareDirectory = folder.Root, FirmwareDownloads = 2 };

    [Theory]
    [InlineData(Path)]
    [InlineData("/FIRMWARE/a.rom")]
    [InlineData("//firmware//a.rom")]
    [InlineData("/lang_de/firmware/a.rom")]
    public async Task Get_AFileOfTheManifest_IsWholeOverHttpAndHttps(string path)
    {
        foreach (var isSecure in new[] { false, true })
        {
            var answer = await BytesAsync(path, isSecure);
            answer.Status.Should().Be(200);
            answer.Bytes.Should().Equal(bytes);
            answer.Headers["Accept-Ranges"].Should().Be("bytes");
            answer.Headers["Content-Type"].Should().Be("application/octet-stream");
            answer.Headers["ETag"].Should().Be($"\"{folder.Digest("a.rom")}\"");
        }
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=99990-", 99_990, 10)]
    [InlineData("bytes=-5", 99_995, 5)]
    [InlineData("bytes=50000-1000000", 50_000, 50_000)]
    public async Task Get_ARange_IsThatPart(string range, int from, int length)
    {
        var answer = await BytesAsync(Path, isSecure: false, ("Range", range));

        answer.Status.Should().Be(206);
        answer.Bytes.Should().Equal(bytes.AsSpan(from, length).ToArray());
        answer.Headers["Content-Range"].Should().Be($"bytes {from}-{from + length - 1}/100000");
    }

    [Theory]
    [InlineData("bytes=100000-", 416)]
    [InlineData("bytes=9-1", 200)]
    [InlineData("nonsense", 200)]
    [InlineData("bytes=0-1,5-6", 200)]
    public async Task Get_ARangeThatIsNone_IsRefusedOrTheWhole(string range, int status) =>
        (await BytesAsync(Path, isSecure: false, ("Range", range))).Status.Should().Be(status);

    [Fact]
    public async Task Get_ARangeOfAnotherFileThanThePhoneHas_IsTheWhole()
    {
        var tag = $"\"{folder.Digest("a.rom")}\"";

        (await BytesAsync(Path, false, ("Range", "bytes=0-9"), ("If-Range", tag))).Status.Should().Be(206);
        (await BytesAsync(Path, false, ("Range", "bytes=0-9"), ("If-Range", "\"other\""))).Status.Should().Be(200);
        (await BytesAsync(Path, false, ("If-None-Match", tag))).Status.Should().Be(304);
    }

    [Fact]
    public async Task Head_SaysTheLengthAndSendsNothing()
    {
        var answer = await Server.GetAsync(Path, UserAgent(Mac), method: HttpMethod.Head);

        answer.Status.Should().Be(200);
        answer.Headers["Content-Length"].Should().Be("100000");
        answer.Text.Should().BeEmpty();
    }

    [Theory]
    [InlineData("/firmware/unnamed.rom")]
    [InlineData("/firmware/firmware.tsv")]
    [InlineData("/firmware/")]
    [InlineData("/firmware")]
    [InlineData("/firmware/sub")]
    [InlineData("/firmware/A.ROM")]
    [InlineData("/firmware/../firmware/unnamed.rom")]
    [InlineData("/firmware/..")]
    [InlineData("/firmware/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/firmware/%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("/firmware/..%5c..%5cetc%5cpasswd")]
    [InlineData("/firmware/%252e%252e%252fpasswd")]
    [InlineData("/firmware//etc/passwd")]
    [InlineData("/firmware/%2fetc%2fpasswd")]
    [InlineData("/firmware/a.rom/")]
    [InlineData("/firmware/a.rom/x")]
    [InlineData("/firmware/a.rom%00.cfg")]
    [InlineData("/firmware/a.rom%0d%0aX-Evil:1")]
    public async Task Get_AnythingElse_IsNoFile(string path)
    {
        var answer = await Server.RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: {UserAgent(Mac)}\r\n\r\n");

        // A slash at the end is no other file; all the rest is none.
        if (path == "/firmware/a.rom/") answer.Should().StartWith("HTTP/1.1 200");
        else answer.Should().MatchRegex("^HTTP/1.1 (404|400) ").And.NotContain("root:").And.NotContain("X-Evil: 1").And.NotContain("yealink\t");
    }

    [Fact]
    public async Task Post_IsNotAllowed() => (await Server.GetAsync(Path, "x", method: HttpMethod.Post)).Status.Should().Be(405);

    [Fact]
    public async Task Get_MoreAtOnceThanThereAreLines_ComesBackLater()
    {
        folder.Put("big.rom", 30_000_000);
        folder.Manifest(folder.Row("a.rom"), folder.Row("big.rom", "66.87.0.1"));
        await Server.Services.GetRequiredService<FirmwareShelf>().ReloadAsync(CancellationToken.None);
        using var client = new HttpClient();
        var slow = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            client.GetAsync($"http://127.0.0.1:{Server.HttpPort}/firmware/big.rom", HttpCompletionOption.ResponseHeadersRead)));

        var answer = await Server.GetAsync(Path, UserAgent(Mac));

        answer.Status.Should().Be(503);
        answer.Headers["Retry-After"].Should().Be("60");
        foreach (var response in slow) response.Dispose();
        await Eventually.IsTrue(async () => (await Server.GetAsync(Path, UserAgent(Mac))).Status == 200, "a place is free");
    }

    private async Task<(int Status, byte[] Bytes, Dictionary<string, string> Headers)> BytesAsync(
        string path, bool isSecure, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, isSecure ? $"https://127.0.0.1:{Server.HttpsPort}{path}" : $"http://127.0.0.1:{Server.HttpPort}{path}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), all);
    }
}
