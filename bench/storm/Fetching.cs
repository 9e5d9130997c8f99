using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SipGateway.Trust;

namespace SipGateway.Storm;

/// <summary>Phones that fetch their files over TLS, each from an address of its own over one connection that stays open.</summary>
internal static class Fetching
{
    private const string UserAgent = "Yealink SIP-T46S 66.86.5.1 ";

    public static void WritePaths(KeyRing ring, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var mac = Seeding.Mac(number);
            Console.WriteLine($"/d/{new DeviceToken(mac, Seeding.TokenRandom(number, "config")).Format(ring, DeviceTokenKind.Config)}/{mac}.cfg");
        }
    }

    /// <returns>0 when every answer was a file.</returns>
    public static async Task<int> RunAsync(IPEndPoint server, string[] paths, int perSecond, int seconds)
    {
        var counts = new Counts();
        var pause = TimeSpan.FromSeconds((double)paths.Length / perSecond);
        using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await Task.WhenAll(paths.Select((path, n) => FetchAsync(server, path, n, pause, pause * n / paths.Length, counts, ends.Token)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Files} {counts.Octets} {counts.Others}"));
        return counts is { Files: > 0, Others: 0 } ? 0 : 1;
    }

    private static async Task FetchAsync(IPEndPoint server, string path, int number, TimeSpan pause, TimeSpan offset, Counts counts, CancellationToken ends)
    {
        using var http = Client(server, new IPAddress([127, 40, (byte)(number / 250), (byte)(1 + (number % 250))]));
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent + Path.GetFileNameWithoutExtension(path));
        using var timer = new PeriodicTimer(pause);
        try
        {
            await Task.Delay(offset, ends);
            while (await timer.WaitForNextTickAsync(ends))
            {
                using var answer = await http.GetAsync(new Uri($"https://{server}{path}"), ends);
                var octets = (await answer.Content.ReadAsByteArrayAsync(ends)).Length;
                Interlocked.Add(ref counts.Octets, octets);
                if (answer.IsSuccessStatusCode && octets > 0) Interlocked.Increment(ref counts.Files);
                else Interlocked.Increment(ref counts.Others);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static HttpClient Client(IPEndPoint server, IPAddress source) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(server, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private sealed class Counts
    {
        public long Files;

        public long Octets;

        public long Others;
    }
}
