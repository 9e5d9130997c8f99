using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SipGateway.Hosting;

/// <summary>One option of a process: command line, environment variable and setting.</summary>
/// <param name="Name">Its name, such as <c>sip-port</c>.</param>
/// <param name="Default">The default as it would be typed; empty for none.</param>
/// <param name="Description">One sentence.</param>
public sealed record KnownOption(string Name, string Default, string Description)
{
    /// <summary>The environment variable, such as <c>SIPGATEWAY_SIP_PORT</c>.</summary>
    public string EnvironmentName => "SIPGATEWAY_" + Name.Replace('-', '_').ToUpper(CultureInfo.InvariantCulture);
}

/// <summary>The text of a process's options, after all sources: command line, then environment, then <c>sipgateway.json</c>.</summary>
public sealed class HostArguments
{
    private readonly Dictionary<string, string> values;

    private HostArguments(Dictionary<string, string> values) => this.values = values;

    /// <summary>The text of one option.</summary>
    public string this[string name] => values[name];

    /// <summary>Whether this program has the option.</summary>
    internal bool Has(string name) => values.ContainsKey(name);

    /// <summary>Reads command line, environment and settings file.</summary>
    /// <param name="description">What the process is, for its help.</param>
    /// <param name="known">Its options.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where help goes.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="arguments">What was read.</param>
    /// <returns>The exit code when nothing is left to do (help, bad option, <c>health</c> in front and answered); null otherwise.</returns>
    public static int? TryRead(
        string description, IReadOnlyList<KnownOption> known, string[] args, TextWriter output, TextWriter errors, out HostArguments arguments)
    {
        arguments = new HostArguments([]);
        var options = known.ToDictionary(k => k.Name, k => new Option<string?>("--" + k.Name) { Description = Describe(k) });
        var command = new RootCommand($"{description} With '{HealthQuestion.Word}' in front of its options: asks the one that runs whether it is ready.");
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }

        var isHealth = args is [HealthQuestion.Word, ..];
        var parsed = command.Parse(isHealth ? args[1..] : args);
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
        arguments = new HostArguments(known.ToDictionary(
            k => k.Name,
            k => parsed.GetValue(options[k.Name]) ?? Environment.GetEnvironmentVariable(k.EnvironmentName) ?? file[k.Name] ?? k.Default));
        return isHealth ? HealthQuestion.Ask(arguments, output, errors) : null;
    }

    private static string Describe(KnownOption known) =>
        known.Default.Length == 0 ? known.Description : $"{known.Description} Default: {known.Default}";
}
