using System.Text;

namespace SipGateway.PhoneSimulator;

/// <summary>Files of lines with a name and a value each, as phones read them.</summary>
internal static class LineFile
{
    /// <summary>The settings in their order; lines that begin with a comment's sign and empty ones say nothing.</summary>
    /// <param name="content">The file, in UTF-8.</param>
    /// <param name="separator">What stands between name and value.</param>
    /// <param name="comment">What a comment begins with.</param>
    public static PhoneFile Read(byte[] content, char separator, char comment)
    {
        var settings = new List<KeyValuePair<string, string?>>();
        var faults = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != comment))
        {
            var at = line.IndexOf(separator, StringComparison.Ordinal);
            if (at <= 0)
            {
                faults.Add($"has a line that is no setting: {line}");
                continue;
            }

            var value = line[(at + 1)..].Trim();
            var isQuoted = value.Length >= 2 && value[0] == '"' && value[^1] == '"';
            settings.Add(KeyValuePair.Create(line[..at].Trim(), (string?)(isQuoted ? value[1..^1] : value)));
        }

        return new PhoneFile(settings, faults);
    }
}
