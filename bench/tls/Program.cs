using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using SipGateway.Tls;

// Tls HOST:PORT CSV COUNTS: phones of a SIPp injection file register over TLS, a connection each, and refresh every second, each time 401 and 200,
// until the program is killed. (Debian's SIPp speaks no TLS.) COUNTS gets a row a second in the form of SIPp's own counts; what no phone expects
// goes to standard error.
const int PhonesPerAddress = 100;
var server = IPEndPoint.Parse(args[0]);
var lines = File.ReadLines(args[1]).Skip(1).ToList();
var counted = new TlsCounts();
for (var n = 0; n < lines.Count; n++)
{
    var phone = TlsPhone.Of(lines[n], new IPAddress([127, 30, 0, (byte)(1 + (n / PhonesPerAddress))]), server);
    _ = RunAsync(phone, n * 1000 / lines.Count);
}

await using var file = new StreamWriter(args[2]) { AutoFlush = true };
await file.WriteLineAsync("CurrentTime;3_200_Recv;");
while (true)
{
    await Task.Delay(1000);
    var now = TimeProvider.System.GetUtcNow();
    var seconds = (now.ToUnixTimeMilliseconds() / 1000.0).ToString("f3", CultureInfo.InvariantCulture);
    await file.WriteLineAsync($"{now:yyyy-MM-dd}\t{now:HH:mm:ss.fff}\t{seconds};{Interlocked.Read(ref counted.Registered)};");
}

async Task RunAsync(TlsPhone phone, int delayMs)
{
    await Task.Delay(delayMs);
    try
    {
        await phone.RunAsync(counted);
    }
    catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException or InvalidOperationException)
    {
        await Console.Error.WriteLineAsync($"unexpected message: {failure.Message}");
    }
}
