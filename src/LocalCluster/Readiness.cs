using System.Net.Security;
using SipGateway.Hosting;

namespace SipGateway.LocalCluster;

/// <summary>Waits until a process not only listens but can do its work: edges and admin API open their listeners before they know a silo.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when all say that they are ready.</summary>
    /// <param name="hosts">Where each has its <c>/health/ready</c>: scheme, address and port.</param>
    /// <exception cref="StartException">One was not within a minute; says which.</exception>
    public static async Task WaitAsync(IEnumerable<Uri> hosts)
    {
        // They are our own children on this machine, and are told nothing.
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        var began = TimeProvider.System.GetTimestamp();
        foreach (var host in hosts)
        {
            while (!await IsReadyAsync(http, host))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                {
                    throw new StartException($"The process at {host} is not ready after {Patience.TotalSeconds:0} s: it reaches no silo. Its words are above.");
                }

                await Task.Delay(Pause);
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri host)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(host, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
