using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>How often, and from where.</summary>
public sealed class LimitTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    [Fact]
    public async Task Source_AskingTooOften_Is429WithRetryAfter()
    {
        await using var strict = await ProvisioningServer.StartAsync(Edge, o => o with { RequestsPerSource = 3 });
        for (var i = 0; i < 3; i++) (await strict.GetAsync($"/{Mac}.cfg", UserAgent(Mac))).Status.Should().Be(200);

        var answer = await strict.GetAsync($"/{Mac}.cfg", UserAgent(Mac));

        answer.Status.Should().Be(429);
        answer.Headers.Should().ContainKey("Retry-After");
    }

    [Fact]
    public async Task Bootstraps_TooMany_LeaveDevicesInServiceAlone()
    {
        await using var strict = await ProvisioningServer.StartAsync(Edge, o => o with { BootstrapsPerSource = 2 });
        var path = InService();
        for (var i = 0; i < 2; i++) (await strict.GetAsync($"/{Mac}.cfg", UserAgent(Mac))).Status.Should().Be(200);

        (await strict.GetAsync($"/{Mac}.cfg", UserAgent(Mac))).Status.Should().Be(429);
        (await strict.GetAsync($"/d/invented/{Mac}.cfg", UserAgent(Mac), isSecure: true)).Status.Should().Be(429);
        (await strict.GetAsync($"{path}{Mac}.cfg", UserAgent(Mac), isSecure: true)).Text.Should().Contain("SECRET-OF-THE-LINE");
    }

    [Fact]
    public async Task Device_AskingTooOften_Is429_AndACandidateOfItsMacDoesNotCount()
    {
        await using var strict = await ProvisioningServer.StartAsync(Edge, o => o with { RequestsPerDevice = 2 });
        var path = $"{InService()}{Mac}.cfg";
        var candidate = (await strict.GetAsync($"/{Mac}.cfg", UserAgent(Mac)))["static.auto_provision.server.url"] + Mac + ".cfg";
        for (var i = 0; i < 2; i++) (await strict.GetAsync(candidate, UserAgent(Mac))).Status.Should().Be(200);
        (await strict.GetAsync(candidate, UserAgent(Mac))).Status.Should().Be(429);

        for (var i = 0; i < 2; i++) (await strict.GetAsync(path, UserAgent(Mac), isSecure: true)).Status.Should().Be(200);
        (await strict.GetAsync(path, UserAgent(Mac), isSecure: true)).Status.Should().Be(429);
    }

    [Fact]
    public void MacWalk_IsCountedOncePerWindow()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new ProvisioningMetrics(meters);
        var walked = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            {
                if (i.Name == ProvisioningMetrics.WalksName && i.Meter.Scope == meters) l.EnableMeasurementEvents(i);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => walked += value);
        listener.Start();
        var time = new FakeTimeProvider();
        var alerts = new EdgeAlerts(time);
        var walks = new MacWalks(Options() with { MacsPerSource = 5 }, time, metrics, alerts, NullLogger<MacWalks>.Instance);
        var source = IPAddress.Parse("192.0.2.1");

        for (var i = 0; i < 100; i++) walks.Saw(source, "001565aabbcc");
        for (var i = 0; i < 4; i++) walks.Saw(source, EdgeFixture.NewMac());
        walked.Should().Be(0);
        for (var i = 0; i < 20; i++) walks.Saw(source, EdgeFixture.NewMac());
        walked.Should().Be(1);
        alerts.Current.Should().ContainSingle().Which.Should().StartWith("192.0.2.1 asked for the files of more than 5 phones");
        time.Advance(TimeSpan.FromMinutes(11));
        for (var i = 0; i < 20; i++) walks.Saw(source, EdgeFixture.NewMac());
        walked.Should().Be(2);
        time.Advance(TimeSpan.FromMinutes(61));
        alerts.Current.Should().BeEmpty();
    }

    [Theory]
    [InlineData("192.0.2.9", "192.0.2.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void Source_IsCountedByTheNetworkItCanChooseFrom(string source, string counted) =>
        SourceNetwork.Of(IPAddress.Parse(source)).Should().Be(IPAddress.Parse(counted));

    [Theory]
    [InlineData("192.0.2.1", "", "", "192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.1", "", "", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "198.51.100.7", "https", "192.0.2.1", false)]
    [InlineData("10.0.0.1", "198.51.100.7", "https", "198.51.100.7", true)]
    [InlineData("10.0.0.1", "198.51.100.7", "http", "198.51.100.7", false)]
    [InlineData("10.0.0.1", "198.51.100.7", "", "198.51.100.7", false)]
    [InlineData("10.0.0.1", "203.0.113.5, 198.51.100.7", "https", "198.51.100.7", true)]
    [InlineData("10.0.0.1", "198.51.100.7, 10.0.0.2", "https", "198.51.100.7", true)]
    [InlineData("10.0.0.1", "198.51.100.7:4711", "https", "198.51.100.7", true)]
    [InlineData("10.0.0.1", "nonsense", "https", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "198.51.100.7", "https, http", "198.51.100.7", false)]
    public void Peer_IsWhomAListedProxyNames(string peer, string forwardedFor, string forwardedProto, string address, bool isSecure)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        if (forwardedFor.Length > 0) http.Request.Headers["X-Forwarded-For"] = forwardedFor;
        if (forwardedProto.Length > 0) http.Request.Headers["X-Forwarded-Proto"] = forwardedProto;

        var found = Peer.Of(http, [IPNetwork.Parse("10.0.0.0/24")]);

        found.Address.Should().Be(IPAddress.Parse(address));
        found.IsSecure.Should().Be(isSecure);
    }

    [Fact]
    public void Options_Wrong_TellEveryError()
    {
        var errors = new ProvisioningOptions
        {
            PublicHost = "0.0.0.0",
            SipDomain = "no host",
            HttpPort = null!,
            HttpsPort = null!,
            SipPort = null!,
            SipTransport = (PhoneTransport)9,
            RequestsPerSource = 0,
            RequestsPerDevice = 0,
            BootstrapsPerSource = -1,
            MacsPerSource = 0,
            GrainTimeout = TimeSpan.Zero,
            ScreenWait = TimeSpan.FromSeconds(-1),
        }.Validate();

        errors.Should().HaveCount(12).And.OnlyHaveUniqueItems();
        Options().Validate().Should().BeEmpty();
    }

    private static ProvisioningOptions Options() => new()
    {
        PublicHost = "phones.example.com", SipDomain = "example.com", HttpPort = () => 1, HttpsPort = () => 2, SipPort = () => 3,
    };
}
