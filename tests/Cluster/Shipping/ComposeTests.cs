using System.Diagnostics;
using System.Text.RegularExpressions;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Cluster.Tests.Shipping;

/// <summary>What the compose file, the image file and the units say, read and held against the programs.</summary>
public sealed partial class ComposeTests
{
    private readonly ComposeFile _compose = ComposeFile.Read();

    [Fact]
    public void Services_AreThePartsOfACluster() => _compose.Services.Should().BeEquivalentTo(
        "secrets", "postgres", "silo-1", "silo-2", "edge-1", "edge-2", "admin", "prometheus", "grafana");

    [Fact]
    public async Task Environment_OfEachOfOurs_NamesOptionsThatTheProgramHas()
    {
        foreach (var (service, project) in _compose.Ours)
        {
            var known = await KnownAsync(project);

            _compose.Environment(service, "x").Keys.Should().BeSubsetOf(known, "{0} is a {1}", service, project);
        }
    }

    [Fact]
    public void Services_ThatStay_AreNobodySpecial_AndSayWhetherTheyAreWell()
    {
        var docker = File.ReadAllText(Path.Combine(Repository.Root, "docker/Dockerfile"));
        foreach (var service in _compose.Services.Where(service => service != "secrets"))
        {
            var target = (_compose.Of(service).GetValueOrDefault("build") as Dictionary<object, object>)?["target"] as string;
            var stage = target is null ? "" : Stage(docker, target);
            (target is null ? _compose.Text(service, "user") : docker.Contains("USER $APP_UID", StringComparison.Ordinal) ? "APP_UID" : null)
                .Should().NotBeNullOrEmpty().And.NotBe("0").And.NotBe("root", service);
            (_compose.Of(service).ContainsKey("healthcheck") || stage.Contains("HEALTHCHECK", StringComparison.Ordinal)).Should().BeTrue(service);
            _compose.Of(service)["read_only"].Should().Be("true", service);
            _compose.List(service, "cap_drop").Should().Equal("ALL");
        }
    }

    [Fact]
    public void Secrets_AreFiles_AndStandNowhereElse()
    {
        foreach (var service in _compose.Services)
        {
            foreach (var (name, value) in _compose.Environment(service, "x"))
            {
                if (SecretName().IsMatch(name))
                    value.Should().MatchRegex("^/(run|data)/", "{0} of {1} is a secret", name, service);
            }
        }

        File.ReadAllText(Path.Combine(Repository.Root, "docker/Dockerfile")).Should().NotMatchRegex("(?i)(password|secret|key)=");
    }

    [Fact]
    public void Volumes_ThatAreNamed_AreThere() => _compose.Services.SelectMany(service => _compose.List(service, "volumes"))
        .Select(volume => volume.Split(':')[0]).Distinct().Should().AllSatisfy(source =>
        {
            if (source.StartsWith("./", StringComparison.Ordinal))
                Path.Exists(Path.Combine(Repository.Root, "docker", source)).Should().BeTrue(source);
            else
                _compose.Volumes.Should().Contain(source);
        });

    [Fact]
    public void Ports_OfTheEdges_AreThoseTheyListenOn()
    {
        foreach (var edge in new[] { "edge-1", "edge-2" })
        {
            _compose.List(edge, "ports").Should().AllSatisfy(port => port.Split('/')[0].Split(':').Distinct().Should().ContainSingle(
                "{0} of {1}: phones are told the port that the edge knows", port, edge));
        }
    }

    [Fact]
    public void Images_StartProgramsThatAreBuilt()
    {
        var docker = File.ReadAllText(Path.Combine(Repository.Root, "docker/Dockerfile"));
        var programs = EntryPoint().Matches(docker).Select(match => match.Groups["program"].Value).ToList();

        programs.Should().BeEquivalentTo("Gateway", "Silo", "Edge", "AdminApi");
        programs.Should().AllSatisfy(program => docker.Should().Contain($"dotnet publish src/{program}/{program}.csproj -c Release"));
        programs.Should().AllSatisfy(program => LocalCluster.LocalClusterHost.ProgramOf(
            program, Path.Combine(Repository.Root, "src/LocalCluster/bin/Release/net10.0")).Should().EndWith($"/SipGateway.{program}.dll"));
    }

    [Fact]
    public async Task Images_PublishedAsTheImageFileSays_Run()
    {
        var docker = File.ReadAllText(Path.Combine(Repository.Root, "docker/Dockerfile"));
        var commands = PublishCommand().Matches(docker).Select(match => match.Value).ToList();
        commands.Should().HaveCount(4);
        var published = Directory.CreateTempSubdirectory("sipgateway-published");
        try
        {
            foreach (var command in commands.Select(command => command.Replace("/published", published.FullName, StringComparison.Ordinal)))
            {
                using var publish = Process.Start(new ProcessStartInfo("dotnet", command.Split(' ')[1..]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
                var words = await publish.StandardOutput.ReadToEndAsync();
                await publish.WaitForExitAsync();
                publish.ExitCode.Should().Be(0, words);
            }

            foreach (var match in EntryPoint().Matches(docker).Cast<Match>())
            {
                // Admin is the one whose folder is not called as its project is.
                var folder = match.Groups["program"].Value.Replace("AdminApi", "admin", StringComparison.Ordinal).ToLowerInvariant();
                var program = Path.Combine(published.FullName, folder, $"SipGateway.{match.Groups["program"].Value}.dll");
                using var health = Process.Start(new ProcessStartInfo("dotnet", [program, "health", "--" + (match.Groups["program"].Value is "Silo" or "Edge" ? "ops" : "admin") + "-port", "1"])
                {
                    RedirectStandardError = true,
                })!;
                (await health.StandardError.ReadToEndAsync()).Should().Contain("nobody answers at", program);
                await health.WaitForExitAsync();
                health.ExitCode.Should().Be(1);
            }
        }
        finally
        {
            published.Delete(recursive: true);
        }
    }

    [Fact]
    public void Metrics_OfAlertsAndDashboard_AreOursOrOrleans()
    {
        var sources = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = new[] { "docker/prometheus/alerts.yml", "docker/grafana/dashboards/sipgateway.json" }
            .SelectMany(file => MetricName().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(match => match.Value)).Distinct().ToList();

        named.Should().HaveCountGreaterThan(8);
        named.Should().AllSatisfy(name => Instruments(name).Any(instrument => sources.Contains($"\"{instrument}\"", StringComparison.Ordinal))
            .Should().BeTrue("{0} is exported by none of our meters", name));
    }

    [Fact]
    public async Task Units_StartOurPrograms_WithOptionsTheyHave_AndNoSecretOnTheCommandLine()
    {
        var units = Directory.GetFiles(Path.Combine(Repository.Root, "systemd"), "*.service");
        units.Select(Path.GetFileName).Should().BeEquivalentTo(
            "sipgateway.service", "sipgateway-silo@.service", "sipgateway-edge@.service", "sipgateway-admin.service");
        foreach (var unit in units)
        {
            var lines = await File.ReadAllLinesAsync(unit);
            var start = lines.Should().ContainSingle(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Subject;
            var program = ProgramName().Match(start).Groups["program"].Value;
            start.Should().EndWith($"SipGateway.{program}.dll", "secrets are credentials, options are environment");
            var named = lines.Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)).Select(line => line.Split('=')[1]);
            named.Should().BeSubsetOf(await KnownAsync(program), unit);
            lines.Should().Contain(["Type=notify", "DynamicUser=yes", "Restart=always", "NoNewPrivileges=yes", "ProtectSystem=strict"]);
            Credentials(lines, "Environment=.*=%d/(.*)").Should().BeEquivalentTo(Credentials(lines, "LoadCredential=([^:]*):.*"), unit);
        }
    }

    private static IEnumerable<string> Credentials(string[] lines, string pattern) =>
        lines.Select(line => Regex.Match(line, $"^{pattern}$")).Where(match => match.Success && match.Groups[1].Value != "cluster-ca.crt")
            .Select(match => match.Groups[1].Value);

    private static string Stage(string docker, string target)
    {
        var begin = docker.IndexOf($" AS {target}\n", StringComparison.Ordinal);
        begin.Should().BePositive("the image file has the target {0}", target);
        var end = docker.IndexOf("\nFROM ", begin, StringComparison.Ordinal);
        return end < 0 ? docker[begin..] : docker[begin..end];
    }

    // Names change on their way to Prometheus: a unit and "total" at the end, dots within.
    private static IEnumerable<string> Instruments(string name) =>
        new[] { "_total", "_seconds_bucket", "_seconds_sum", "_seconds_count", "_bucket", "" }
            .Where(end => name.EndsWith(end, StringComparison.Ordinal)).Select(end => name[..^end.Length])
            .SelectMany(stem => new[] { stem.Replace('_', '.'), stem.Replace('_', '.').Replace("grain.call", "grain_call").Replace("plain.registers", "plain_registers")
                .Replace("refused.calls", "refused_calls") });

    private static async Task<string[]> KnownAsync(string project)
    {
        var (_, help) = await ShippedProgram.RunAsync(project, new Dictionary<string, string>(), "--help");
        return [.. OptionName().Matches(help).Select(match => "SIPGATEWAY_" + match.Groups["name"].Value.Replace('-', '_').ToUpperInvariant()).Distinct()];
    }

    [GeneratedRegex("ENTRYPOINT \\[\"dotnet\", \"/app/SipGateway\\.(?<program>\\w+)\\.dll\"\\]")]
    private static partial Regex EntryPoint();

    [GeneratedRegex(@"dotnet publish \S+ -c Release -o \S+ --nologo")]
    private static partial Regex PublishCommand();

    [GeneratedRegex(@"SipGateway\.(?<program>\w+)\.dll")]
    private static partial Regex ProgramName();

    [GeneratedRegex("sipgateway_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("--(?<name>[a-z-]+) <")]
    private static partial Regex OptionName();

    [GeneratedRegex("PASSWORD|_KEY|DATABASE|CERTIFICATE")]
    private static partial Regex SecretName();
}
