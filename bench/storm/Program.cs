using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SipGateway.Sip;
using SipGateway.Storm;
using SipGateway.Trust;

// Storm seed DATA COUNT: puts enrolled phones into a data directory.
// Storm run READY DATA COUNT PER_SECOND: registers them (0 a second: all at once) and prints what happened; ends with 1 when one is lost or was
// answered what it must not be.
if (args is ["seed", var directory, var amount])
{
    await Seeding.RunAsync(directory, int.Parse(amount, CultureInfo.InvariantCulture));
    return 0;
}

// Storm paths DATA COUNT: the path of each phone's own file, a line each.
// Storm fetch HOST:PORT PATHS PER_SECOND SECONDS: fetches them over TLS, a connection and an address for each, in turn; prints how many came.
if (args is ["paths", var data, var many])
{
    Fetching.WritePaths(KeyRingFile.LoadOrCreate(Path.Combine(data, "keyring.json")), int.Parse(many, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["fetch", var server, var file, var pace, var time])
{
    return await Fetching.RunAsync(
        IPEndPoint.Parse(server), await File.ReadAllLinesAsync(file), int.Parse(pace, CultureInfo.InvariantCulture), int.Parse(time, CultureInfo.InvariantCulture));
}

const int PhonesPerAddress = 200;
var listeners = File.ReadAllText(args[1]).Trim().Split(' ')[1..].Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
var ring = KeyRingFile.LoadOrCreate(Path.Combine(args[2], "keyring.json"));
var (count, perSecond) = (int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture));
var edge = IPEndPoint.Parse(listeners["sip"]);
var counts = new StormCounts();
var sockets = Enumerable.Range(0, (count + PhonesPerAddress - 1) / PhonesPerAddress).Select(Open).ToArray();
var phones = Enumerable.Range(0, count)
    .Select(n => new StormPhone(n, ring, edge.Address.ToString(), (IPEndPoint)sockets[n / PhonesPerAddress].LocalEndPoint!)).ToArray();
var began = TimeProvider.System.GetTimestamp();
foreach (var socket in sockets)
{
    _ = ReceiveAsync(socket);
}

// :: Sends what is due until all are registered, at most ten minutes above what the rate asks for.
var patienceMs = 600_000 + (perSecond == 0 ? 0 : count / perSecond * 1000L);
while (phones.Any(p => !p.IsRegistered) && Now() < patienceMs)
{
    var begun = perSecond == 0 ? count : (int)Math.Min(count, Now() * perSecond / 1000);
    for (var n = 0; n < begun; n++)
    {
        if (phones[n].Due(Now(), counts) is { } message)
        {
            await sockets[n / PhonesPerAddress].SendToAsync(message, edge);
        }
    }

    await Task.Delay(5);
}

return Report();

long Now() => (long)TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;

static Socket Open(int number)
{
    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 * 1024 * 1024 };
    socket.Bind(new IPEndPoint(new IPAddress([127, 20, (byte)(number / 250), (byte)(1 + (number % 250))]), 0));
    return socket;
}

async Task ReceiveAsync(Socket socket)
{
    var buffer = new byte[8192];
    while (true)
    {
        var length = await socket.ReceiveAsync(buffer);
        switch (SipParser.ParseDatagram(buffer.AsMemory(0, length).ToArray(), SipLimits.Default).Message)
        {
            case SipResponse response:
                Interlocked.Increment(ref counts.Statuses[response.StatusCode]);
                var phone = phones[int.Parse(response.CallId!.Split('@')[0], CultureInfo.InvariantCulture)];
                if (phone.On(response, Now()) is { } next)
                {
                    await socket.SendToAsync(next, edge);
                }

                break;
            case SipRequest request:
                Interlocked.Increment(ref counts.Requests);
                await socket.SendToAsync(SipResponseBuilder.For(request, 200, toTag: "storm").Build(), edge);
                break;
        }
    }
}

int Report()
{
    var registered = phones.Count(p => p.IsRegistered);
    var expiries = phones.Where(p => p.IsRegistered).Select(p => p.ExpiresSeconds).ToList();
    var statuses = counts.Statuses.Index().Where(s => s.Item > 0).ToList();
    Console.WriteLine($"registered {registered} of {count} in {Now() / 1000.0:f1} s");
    Console.WriteLine("answers " + string.Join(", ", statuses.Select(s => $"{s.Index}: {s.Item}")));
    Console.WriteLine($"sent again {counts.Retransmitted}, transactions timed out {counts.TimedOut}, requests from the gateway {counts.Requests}");
    Console.WriteLine($"granted expiries {expiries.Min()} to {expiries.Max()} s; most in one second of the next wave: {expiries.CountBy(e => e).Max(g => g.Value)}");
    return registered == count && statuses.All(s => s.Index is 200 or 401 or 503) ? 0 : 1;
}
