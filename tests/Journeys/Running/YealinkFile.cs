namespace SipGateway.Journeys.Tests.Running;

/// <summary>A Yealink file as a phone reads it: <c>key = value</c>, the first line exact.</summary>
internal static class YealinkFile
{
    public static Dictionary<string, string> Parse(string text)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        if (lines[0] != "#!version:1.0.0.1")
        {
            throw new FormatException($"The first line of a Yealink file is '#!version:1.0.0.1', not '{lines[0]}'.");
        }

        return lines.Skip(1)
            .Where(l => l.Length > 0 && l[0] != '#' && l.Contains('='))
            .Select(l => l.Split('=', 2))
            .GroupBy(p => p[0].Trim())
            .ToDictionary(g => g.Key, g => g.Last()[1].Trim());
    }
}
