using System.Net;
using System.Net.Sockets;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>What a newcomer meets: the demo, and starts that cannot succeed.</summary>
public sealed class StartJourneyTests
{
    private static readonly string[] FreePorts =
        ["--sip-port", "0", "--sips-port", "0", "--http-port", "0", "--https-port", "0", "--mtls-port", "0", "--admin-port", "0", "--grpc-port", "0"];

    [Fact]
    public async Task Demo_AsANewGatewaySaysIt_TellsAWholeLifeWithinAMinute()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var words = gateway.Output.Split('\n').Single(line => line.Contains("./sipgw demo", StringComparison.Ordinal)).Split("./sipgw ")[1].Split(' ');

        var (code, output) = await Programs.RunAsync("dotnet", [Built("Cli"), .. words], TimeSpan.FromSeconds(60));

        code.Should().Be(0, output);
        output.Should().ContainAll("Onboarding", "Enrolment", "Sign-in", "Policy", "SUCCEEDED", "Power cut", "Sign-out", "Delete");
    }

    [Fact]
    public async Task Start_PortInUse_OneClearLineAndExitCodeOne()
    {
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        var port = ((IPEndPoint)occupied.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var others = FreePorts.Chunk(2).Where(p => p[0] != "--admin-port").SelectMany(p => p);

        var (code, output) = await Programs.RunAsync("dotnet", [Built("Gateway"), "--data-dir", Fresh(), .. others, "--admin-port", port], TimeSpan.FromSeconds(60));

        code.Should().Be(1, output);
        output.Split('\n').Where(l => l.StartsWith("sipgateway:", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().Contain(port);
        output.Should().NotContain("   at ", "a stack trace helps nobody whose port is in use");
    }

    [Fact]
    public async Task Start_DataDirectoryInUse_SaysSoAndExitCodeOne()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var (code, output) = await Programs.RunAsync("dotnet", [Built("Gateway"), "--data-dir", gateway.DataDir, .. FreePorts], TimeSpan.FromSeconds(60));

        code.Should().Be(1, output);
        output.Should().Contain(gateway.DataDir);
    }

    [Fact]
    public async Task Sides_EndpointsOfAnotherSide_AreNotThere()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });

        async Task<HttpStatusCode> StatusAsync(string url) => (await http.GetAsync(url)).StatusCode;

        (await StatusAsync($"http://{gateway["admin"]}/health/live")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync($"http://{gateway["admin"]}/health/ready")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync($"http://{gateway["http"]}/health/live")).Should().Be(HttpStatusCode.NotFound);

        // As any other name that is no phone's file.
        foreach (var name in new[] { "metrics", "signin" })
            (await StatusAsync($"http://{gateway["http"]}/{name}")).Should().Be(await StatusAsync($"http://{gateway["http"]}/nothing"));
        (await StatusAsync($"https://{gateway["https"]}/v1/tenants/default/devices")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync($"http://{gateway["admin"]}/signin")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync($"http://{gateway["admin"]}/v1/tenants/default/devices")).Should().Be(HttpStatusCode.Unauthorized);
    }

    private static string Built(string project) =>
        Path.Combine(Repository.Root, "src", project, "bin", Repository.Configuration, "net10.0", $"SipGateway.{project}.dll");

    private static string Fresh() => Directory.CreateTempSubdirectory("gateway").FullName;
}
