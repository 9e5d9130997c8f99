using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>baresip with one account; what it hears is written to a WAV file.</summary>
internal sealed class BaresipPhone
{
    private readonly IPEndPoint gateway;
    private readonly string transport;
    private readonly string folder = Directory.CreateTempSubdirectory("baresip").FullName;

    public BaresipPhone(IPEndPoint gateway, string user, string password, string transport = "udp")
    {
        this.gateway = gateway;
        this.transport = transport;
        var modules = Path.GetDirectoryName(Directory.EnumerateFiles("/usr/lib", "g711.so", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
        }).First(f => f.Contains("baresip", StringComparison.Ordinal)))!;
        File.WriteAllText(Path.Combine(folder, "accounts"),
            $"<sip:{user}@{gateway};transport={transport}>;auth_user={user};auth_pass={password};regint=120;audio_codecs=pcmu\n");
        WriteSilence(SaidPath, seconds: 10);
        File.WriteAllText(Path.Combine(folder, "config"), string.Create(CultureInfo.InvariantCulture, $"""
            poll_method epoll
            sip_listen {new IPEndPoint(gateway.Address, 0)}
            audio_source aufile,{SaidPath}
            audio_player aubridge,heard
            snd_path {folder}
            module_path {modules}
            module stdio.so
            module g711.so
            module aufile.so
            module aubridge.so
            module sndfile.so
            module_tmp account.so
            module_app menu.so

            """));
    }

    private string SaidPath => Path.Combine(folder, "said.wav");

    /// <summary>Runs for some seconds and gives everything it printed; the command is typed once it is registered.</summary>
    public async Task<string> RunAsync(string? command, int seconds)
    {
        string[] arguments = ["-f", folder, "-t", seconds.ToString(CultureInfo.InvariantCulture), "-s", "-v"];
        var (_, output) = await Programs.RunAsync(
            "baresip", command is null ? arguments : [.. arguments, "-e", command], TimeSpan.FromSeconds(seconds + 15));
        return output;
    }

    /// <summary>Runs until the gateway's 200 to its REGISTER.</summary>
    public Task<string> RegisterAsync()
    {
        var isIpv6 = gateway.AddressFamily == AddressFamily.InterNetworkV6;
        return Programs.UntilAsync(
            "baresip", [isIpv6 ? "-6" : "-4", "-f", folder, "-s"], $"{{0/{transport.ToUpperInvariant()}/v{(isIpv6 ? 6 : 4)}}} 200 OK", TimeSpan.FromSeconds(15));
    }

    /// <summary>Loudness of what was heard: root mean square of 16-bit samples.</summary>
    public double HeardLevel()
    {
        var samples = File.ReadAllBytes(Directory.GetFiles(folder, "dump-*-dec.wav").Single()).AsSpan(44);
        double sum = 0;
        for (var i = 0; i + 1 < samples.Length; i += 2)
        {
            var sample = BitConverter.ToInt16(samples[i..(i + 2)]);
            sum += (double)sample * sample;
        }

        return Math.Sqrt(sum / Math.Max(1, samples.Length / 2));
    }

    // 8 kHz, 16 bits, one channel.
    private static void WriteSilence(string path, int seconds)
    {
        var dataBytes = seconds * 16_000;
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("RIFF"u8);
        writer.Write(36 + dataBytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8_000);
        writer.Write(16_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(dataBytes);
        writer.Write(new byte[dataBytes]);
    }
}
