using System.Text.RegularExpressions;
using SipGateway.Journeys.Tests.Running;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SipGateway.Cluster.Tests.Shipping;

/// <summary>The compose file as Docker reads it, anchors and merge keys resolved.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<object, object> _services;

    private ComposeFile(Dictionary<object, object> root)
    {
        _services = (Dictionary<object, object>)root["services"];
        Volumes = [.. ((Dictionary<object, object>)root["volumes"]).Keys.Cast<string>()];
    }

    public static ComposeFile Read()
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, "docker/compose.yaml"));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<StreamStart>();
        return new ComposeFile(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser)!);
    }

    public IReadOnlyList<string> Volumes { get; }

    public IEnumerable<string> Services => _services.Keys.Cast<string>();

    /// <summary>Silos, edges and the admin API, each with the project its image holds.</summary>
    public IEnumerable<(string Service, string Project)> Ours => Services.Select(service => (service, Text(service, "image"))).Select(pair => (pair.service,
        pair.Item2 switch { "sipgateway-silo" => "Silo", "sipgateway-edge" => "Edge", "sipgateway-admin" => "AdminApi", _ => "" })).Where(pair => pair.Item2.Length > 0);

    public Dictionary<object, object> Of(string service) => (Dictionary<object, object>)_services[service];

    public string? Text(string service, string key) => Of(service).GetValueOrDefault(key) as string;

    public IEnumerable<string> List(string service, string key) => (Of(service).GetValueOrDefault(key) as List<object>)?.Cast<string>() ?? [];

    public Dictionary<string, string> Environment(string service, string publicHost) =>
        (Of(service).GetValueOrDefault("environment") as Dictionary<object, object>)?.ToDictionary(
            pair => (string)pair.Key, pair => PublicHost().Replace((string)pair.Value, publicHost)) ?? [];

    [GeneratedRegex(@"\$\{PUBLIC_HOST:\?[^}]*\}")]
    private static partial Regex PublicHost();
}
