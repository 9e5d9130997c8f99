using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SipGateway.Gateway;

/// <summary>The options' names, defaults and words, and where their values come from.</summary>
internal sealed class GatewayArguments
{
    /// <summary>Name, default and description; the default is text, as it would be typed.</summary>
    public static readonly IReadOnlyList<(string Name, string Default, string Description)> Known =
    [
        ("data-dir", "./data", "Where everything durable is kept."),
        ("bind", "127.0.0.1", "The address phones reach."),
        ("public-host", "", "The name or address phones are told; needed when --bind is a wildcard. Default: the bind address."),
        ("sip-domain", "", "Realm and domain. Default: the public host."),
        ("sip-port", "5060", "SIP over UDP and TCP."),
        ("sips-port", "5061", "SIP over TLS."),
        ("http-port", "8080", "Provisioning over http."),
        ("https-port", "8443", "Provisioning over https, and the sign-in page."),
        ("mtls-port", "8444", "Provisioning with the phone's factory certificate."),
        ("rtp-ports", "16384-16583", "UDP ports for audible confirmations."),
        ("admin-bind", "127.0.0.1", "The address administrators reach; beyond loopback with TLS only."),
        ("admin-port", "5080", "Portal and REST."),
        ("grpc-port", "5081", "gRPC."),
        ("signin-url", "", "Where people sign in, when a public name leads to this gateway."),
        ("certificate", "", "PEM file with certificate and key for https; default: made by the private CA."),
        ("restart-deadline", "300", "Seconds after which a restart that was not proved is judged."),
    ];

    private readonly Dictionary<string, string> values;

    private GatewayArguments(Dictionary<string, string> values) => this.values = values;

    /// <summary>The text of one option after all sources.</summary>
    public string this[string name] => values[name];

    /// <summary>Reads command line, environment and settings file.</summary>
    /// <returns>The exit code when nothing is left to do (help, bad option); null otherwise.</returns>
    public static int? TryRead(string[] args, TextWriter output, TextWriter errors, out GatewayArguments arguments)
    {
        arguments = new GatewayArguments([]);
        var options = Known.ToDictionary(k => k.Name, k => new Option<string?>("--" + k.Name) { Description = Describe(k) });
        var command = new RootCommand("SipGateway.Orleans: owns, enrols, signs in and restarts SIP desk phones.");
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }

        var parsed = command.Parse(args);
        if (parsed.Action is not null && parsed.Errors.Count == 0)
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
        }

        foreach (var error in parsed.Errors)
        {
            errors.WriteLine($"sipgateway: {error.Message} (--help lists the options)");
        }

        if (parsed.Errors.Count > 0)
        {
            return 1;
        }

        var file = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("sipgateway.json"), optional: true).Build();
        arguments = new GatewayArguments(Known.ToDictionary(
            k => k.Name,
            k => parsed.GetValue(options[k.Name]) ?? Environment.GetEnvironmentVariable(EnvironmentName(k.Name)) ?? file[k.Name] ?? k.Default));
        return null;
    }

    private static string Describe((string Name, string Default, string Description) known) =>
        known.Default.Length == 0 ? known.Description : $"{known.Description} Default: {known.Default}";

    private static string EnvironmentName(string name) =>
        "SIPGATEWAY_" + name.Replace('-', '_').ToUpper(CultureInfo.InvariantCulture);
}
