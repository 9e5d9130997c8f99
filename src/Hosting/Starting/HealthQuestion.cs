using System.Globalization;
using System.Net;
using System.Net.Security;

namespace SipGateway.Hosting;

/// <summary>
/// The program asked for <c>health</c> in front of its options: asks the process that was started with the same options whether it is ready. For
/// containers, whose images hold no other program to ask with.
/// </summary>
internal static class HealthQuestion
{
    /// <summary>The word in front of the options.</summary>
    public const string Word = "health";

    // Containers are asked every few seconds; one that takes longer is not well.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks.</summary>
    /// <param name="arguments">The options.</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="errors">Where it says why not.</param>
    /// <returns>The exit code: 0 when it is ready.</returns>
    public static int Ask(HostArguments arguments, TextWriter output, TextWriter errors)
    {
        var side = arguments.Has("ops-port") ? "ops" : "admin";
        if (!IPAddress.TryParse(arguments[side + "-bind"], out var bind)
            || !int.TryParse(arguments[side + "-port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            errors.WriteLine(
                $"sipgateway: health: --{side}-bind and --{side}-port do not say where to ask. Give the address and the port that it was started with.");
            return 1;
        }

        // Its own process on its own machine, which is told nothing: whose certificate it is does not matter.
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        using var http = new HttpClient(handler) { Timeout = Patience };
        var isTls = side == "admin" && !IPAddress.IsLoopback(bind);
        var url = new UriBuilder(isTls ? "https" : "http", Reached(bind), port, "/health/ready").Uri;
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, url);
            using var answer = http.Send(question);
            using var text = new StreamReader(answer.Content.ReadAsStream());
            output.WriteLine(text.ReadToEnd());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            errors.WriteLine($"sipgateway: health: nobody answers at {url}: {e.Message}");
            return 1;
        }
    }

    private static string Reached(IPAddress bind) => bind.Equals(IPAddress.Any) ? "127.0.0.1" : bind.Equals(IPAddress.IPv6Any) ? "[::1]"
        : bind.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{bind}]" : bind.ToString();
}
