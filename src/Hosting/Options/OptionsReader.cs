using System.Globalization;
using System.Net;

namespace SipGateway.Hosting;

/// <summary>Turns options' text into values and collects everything that is wrong, so that it is told at once.</summary>
public abstract class OptionsReader(HostArguments arguments)
{
    private readonly List<string> errors = [];

    /// <summary>Every error so far, one sentence each.</summary>
    protected IReadOnlyList<string> Errors => errors;

    /// <summary>The text of an option.</summary>
    protected string Text(string name) => arguments[name];

    /// <summary>Notes an error about an option's value.</summary>
    protected void Wrong(string name, string why) => errors.Add($"--{name} {arguments[name]}: {why}");

    /// <summary>Notes an error.</summary>
    protected void Wrong(string sentence) => errors.Add(sentence);

    /// <summary>Notes errors.</summary>
    protected void Wrong(IEnumerable<string> sentences) => errors.AddRange(sentences);

    /// <summary>An address of this machine.</summary>
    protected IPAddress Address(string name)
    {
        if (IPAddress.TryParse(arguments[name], out var address))
        {
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        Wrong(name, "is not an IP address. Give the address of one interface, or 0.0.0.0 for all, or :: for all with IPv6.");
        return IPAddress.Loopback;
    }

    /// <summary>A port; 0 is any.</summary>
    protected int Port(string name)
    {
        if (int.TryParse(arguments[name], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535)
        {
            return port;
        }

        Wrong(name, "is not a port. Give a number from 1 to 65535, or 0 for any free port.");
        return 0;
    }

    /// <summary>The name others are told; by default the address itself, which must not be a wildcard then.</summary>
    protected string PublicHost(string name, string bindName, IPAddress bind)
    {
        if (arguments[name] is { Length: > 0 } host)
        {
            return Host(name, host);
        }

        if (bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any))
        {
            errors.Add($"--{bindName} {bind} listens everywhere, so phones cannot be told where that is. Add --{name} NAME: the name or address they reach.");
        }

        return bind.ToString();
    }

    /// <summary>A host name or address.</summary>
    protected string Host(string name, string host)
    {
        if (Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            Wrong(name, "is not a host name or address. Leave out scheme, port and blanks.");
        }

        return host;
    }

    /// <summary>A range of ports such as <c>16384-16583</c>.</summary>
    protected (int First, int Last) PortRange(string name)
    {
        var parts = arguments[name].Split('-');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first is >= 1024 and <= 65_534 && last > first && last <= 65_535)
        {
            return (first, last);
        }

        Wrong(name, "is not a range of ports. Give two numbers from 1024 to 65535, such as 16384-16583.");
        return (16_384, 16_583);
    }

    /// <summary>An https address, or nothing.</summary>
    protected string SecureUrl(string name, string why)
    {
        var url = arguments[name];
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
        {
            Wrong(name, "is not an https address. " + why);
        }

        return url;
    }

    /// <summary>A file that is there, or nothing.</summary>
    protected string ExistingFile(string name, string what)
    {
        var path = arguments[name];
        if (path.Length > 0 && !File.Exists(path))
        {
            Wrong(name, "is not there. " + what);
        }

        return path;
    }

    /// <summary>The full path of a folder that is there, or nothing.</summary>
    protected string ExistingFolder(string name, string what)
    {
        var path = arguments[name];
        if (path.Length > 0 && !Directory.Exists(path))
        {
            Wrong(name, "is no folder. " + what);
        }

        return path.Length > 0 ? Path.GetFullPath(path) : "";
    }

    /// <summary>Seconds within bounds.</summary>
    protected TimeSpan Seconds(string name, int most, string why)
    {
        if (int.TryParse(arguments[name], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= 1 && seconds <= most)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Wrong(name, $"is not a time. Give seconds from 1 to {most.ToString(CultureInfo.InvariantCulture)}; {why}");
        return TimeSpan.FromSeconds(most);
    }

    /// <summary>A secret: the first line of the file that an option names, or an environment variable. Never on a command line, where every
    /// user of the machine reads it.</summary>
    /// <param name="fileOption">The option that names a file, such as <c>database-file</c>.</param>
    /// <param name="variable">The environment variable that holds the secret itself.</param>
    /// <param name="what">What is missing otherwise; null when it need not be there.</param>
    protected string Secret(string fileOption, string variable, string? what)
    {
        var path = arguments[fileOption];
        if (path.Length == 0)
        {
            var value = Environment.GetEnvironmentVariable(variable) ?? "";
            if (value.Length == 0 && what is not null)
            {
                errors.Add($"{what} is missing. Name its file with --{fileOption}, or put it into {variable}.");
            }

            return value;
        }

        try
        {
            return File.ReadLines(path).FirstOrDefault("").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Wrong(fileOption, $"cannot be read: {e.Message}");
            return "";
        }
    }
}
