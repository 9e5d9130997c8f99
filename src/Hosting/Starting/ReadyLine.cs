using System.Net;

namespace SipGateway.Hosting;

/// <summary>The one line that says that every listener is open, and where.</summary>
public static class ReadyLine
{
    /// <summary><c>READY sip=127.0.0.1:5060 sips=… http=… https=… mtls=… admin=… grpc=…</c></summary>
    public static string Format(IEnumerable<(string Name, IPEndPoint EndPoint)> listeners) =>
        Format(listeners.Select(l => (l.Name, l.EndPoint.ToString())));

    /// <summary>The same for values of any sort.</summary>
    public static string Format(IEnumerable<(string Name, string Value)> facts) => "READY " + string.Join(' ', facts.Select(f => $"{f.Name}={f.Value}"));

    /// <summary>Reads such a line; null when it is none.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string line) => line.StartsWith("READY ", StringComparison.Ordinal)
        ? line["READY ".Length..].Split(' ').Select(fact => fact.Split('=', 2)).ToDictionary(fact => fact[0], fact => fact[1])
        : null;
}
