using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Everything that is not a phone asking for its file.</summary>
public sealed class RefusalTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private const string Phone = "Yealink SIP-T46S 66.86.0.15";

    [Theory]
    [InlineData("/001565000001.cfg", "Mozilla/5.0", 403)]
    [InlineData("/001565000001.cfg", "", 403)]
    [InlineData("/001565000001.cfg", "Yealink", 403)]
    [InlineData("/001565000001.cfg", "Digium D65 2_9_4", 403)]
    [InlineData("/001565000001.cfg", "Yealink SIP-T46S 66.86.0.15 00:15:65:00:00:02", 400)]
    [InlineData("/001565000001.boot", "Yealink SIP-T46S 66.86.0.15 001565000002", 400)]
    [InlineData("/001565000001.cfg", Phone, 200)]
    [InlineData("/001565000001.CFG", Phone, 200)]
    [InlineData("/00:15:65:00:00:01.cfg", Phone, 404)]
    [InlineData("/000000000000.cfg", Phone, 404)]
    [InlineData("/000000000000.boot", Phone, 404)]
    [InlineData("/y000000000000.boot", Phone, 404)]
    [InlineData("/001565000001.cfg%0A", Phone, 404)]
    [InlineData("/001565000001.cfg%00", Phone, 400)]
    [InlineData("/001565000001-local.cfg", Phone, 404)]
    [InlineData("/001565000001.xml", Phone, 404)]
    [InlineData("/00156500000g.cfg", Phone, 404)]
    [InlineData("/", Phone, 404)]
    [InlineData("/lang_de/", Phone, 404)]
    [InlineData("/tenantid/001565000001.cfg", Phone, 404)]
    [InlineData("/a/b/c/d/001565000001.cfg", Phone, 404)]
    [InlineData("/d/001565000001.cfg", Phone, 404)]
    [InlineData("/robots.txt", "Mozilla/5.0", 403)]
    [InlineData("/generic/001565000001.cfg", "curl/8.5.0", 200)]
    [InlineData("/lang_de/GENERIC/001565000001.TXT", "", 200)]
    [InlineData("/generic-001565000001.txt", "Mozilla/5.0", 200)]
    [InlineData("/generic/001565000001.cfg", Phone, 404)]
    [InlineData("/generic/001565000001.xml", "curl/8.5.0", 403)]
    [InlineData("/generic/001565000001.cfg%0A", "curl/8.5.0", 403)]
    [InlineData("/generic/generic/001565000001.cfg", "curl/8.5.0", 404)]
    [InlineData("/d/generic/001565000001.cfg", "curl/8.5.0", 403)]
    [InlineData("/algom001565000001.conf", "Mozilla/4.0", 200)]
    [InlineData("/algom001565000001.conf", Phone, 404)]
    [InlineData("/algop8301.conf", "Mozilla/4.0", 404)]
    public async Task Request_Row_IsAnsweredAsItDeserves(string path, string userAgent, int status) =>
        (await Server.GetAsync(path, userAgent)).Status.Should().Be(status);

    [Fact]
    public async Task UnknownPhone_IsToldWhatIsSupported()
    {
        var answer = await Server.GetAsync($"/{Mac}.cfg", "Mozilla/5.0");

        answer.Headers["Content-Type"].Should().StartWith("text/plain");
        answer.Text.Should().Contain("yealink").And.NotContain("account");
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    public async Task Method_NoPhoneHas_Is405WithAllow(string method)
    {
        var answer = await Server.GetAsync($"/{Mac}.cfg", UserAgent(Mac), false, new HttpMethod(method));

        answer.Status.Should().Be(405);
        answer.Headers["Allow"].Split(',').Should().Equal("GET", "HEAD", "PUT", "POST");
    }

    [Fact]
    public async Task Head_TellsTheLengthAndNoBody()
    {
        var path = $"{InService()}{Mac}.cfg";
        var full = await GetAsync(path, isSecure: true);

        var head = await Server.GetAsync(path, UserAgent(Mac), true, HttpMethod.Head);

        head.Status.Should().Be(200);
        head.Text.Should().BeEmpty();
        head.Headers["Content-Length"].Should().Be(full.Headers["Content-Length"]);
        head.Headers["ETag"].Should().Be(full.Headers["ETag"]);
    }

    public static TheoryData<string> Traversals()
    {
        string[] ups = ["../", "..%2f", "..\\", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "..;/", "%252e%252e%252f", "..%c0%af"];
        string[] targets =
        [
            "etc/passwd", "etc/shadow", "appsettings.json", "keyring.json", "admin.key", "ca.key", "proc/self/environ", "device.hbs", "boot.hbs", "sipgw.db",
        ];
        return new TheoryData<string>(ups.SelectMany(u => targets.Select(t => string.Concat(Enumerable.Repeat(u, 4)) + t)));
    }

    [Theory]
    [MemberData(nameof(Traversals))]
    public async Task Traversal_GivesNoFile(string path)
    {
        foreach (var at in new[] { "/", "/lang_de/", "/d/x/" })
        {
            var answer = await Server.RawAsync($"GET {at}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: {Phone}\r\n\r\n");
            answer.Should().MatchRegex("^HTTP/1.1 (404|400) ").And.NotContain("root:").And.NotContain("{{");
        }
    }

    [Fact]
    public async Task Http10_WithoutHost_IsServedWithItsLength()
    {
        var answer = await Server.RawAsync($"GET //LANG_DE//{Mac.ToUpperInvariant()}.CFG HTTP/1.0\r\nUser-Agent: {UserAgent(Mac)}\r\n\r\n");

        answer.Should().StartWith("HTTP/1.1 200 ").And.Contain("Content-Length: ").And.Contain("lang.gui = German\n");
        answer.Should().NotContain("Transfer-Encoding");
    }

    [Fact]
    public async Task LongPathOrUserAgent_IsRefused()
    {
        (await GetAsync("/" + new string('a', 3000))).Status.Should().Be(404);
        (await Server.GetAsync($"/{Mac}.cfg", "Yealink SIP-T46S" + new string(' ', 3000) + "66.86.0.15")).Status.Should().Be(403);
    }

    [Fact]
    public async Task Grain_InTrouble_Is503WithRetryAfter()
    {
        var path = $"{InService()}{Mac}.cfg";
        Script.Trouble = new InvalidOperationException("disk");

        var answer = await GetAsync(path, isSecure: true);

        answer.Status.Should().Be(503);
        answer.Headers["Retry-After"].Should().Be("30");
        answer.Text.Should().NotContain("disk");
    }

    [Fact]
    public async Task Grain_Silent_Is503InTime()
    {
        await using var hasty = await ProvisioningServer.StartAsync(Edge, o => o with { GrainTimeout = TimeSpan.FromMilliseconds(300) });
        var path = $"{InService()}{Mac}.cfg";
        Script.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        (await hasty.GetAsync(path, UserAgent(Mac), isSecure: true)).Status.Should().Be(503);
        (await hasty.GetAsync(ScreenOf("signin.xml"), UserAgent(Mac), isSecure: true)).Status.Should().Be(503);
    }

    [Fact]
    public async Task Token_IsInNoLogLineOfOurs()
    {
        var path = InService();
        var token = path.Split('/')[2];
        Script.Trouble = new InvalidOperationException("disk");
        await GetAsync($"{path}{Mac}.cfg", isSecure: true);
        await GetAsync(ScreenOf("signin.xml"), isSecure: true);

        // What the framework says of each request at Information and below is the host's to keep off, and it does.
        var ours = Server.Log.Text.Split('\n').Where(l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Warning", StringComparison.Ordinal));
        ours.Should().NotBeEmpty().And.AllSatisfy(l => l.Should().NotContain(token).And.NotContain("SECRET-OF-THE-LINE"));
    }
}
