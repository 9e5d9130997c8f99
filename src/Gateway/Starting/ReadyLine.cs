using System.Net;

namespace SipGateway.Gateway;

/// <summary>The one line that says that every listener is open, and where.</summary>
internal static class ReadyLine
{
    /// <summary><c>READY sip=127.0.0.1:5060 sips=… http=… https=… mtls=… admin=… grpc=…</c></summary>
    public static string Format(IEnumerable<(string Name, IPEndPoint EndPoint)> listeners) =>
        "READY " + string.Join(' ', listeners.Select(l => $"{l.Name}={l.EndPoint}"));
}
