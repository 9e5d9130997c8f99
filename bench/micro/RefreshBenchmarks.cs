using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Edge;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;
using SipGateway.Trust;

namespace SipGateway.Micro;

/// <summary>What a phone's refresh costs between its two datagrams: 401, then parse, verify and answer under a lease.</summary>
[MemoryDiagnoser]
public class RefreshBenchmarks
{
    private const int Count = 4096;

    private readonly IPEndPoint local = new(IPAddress.Loopback, 5060);
    private readonly SocketAddress from = new IPEndPoint(IPAddress.Parse("10.0.0.5"), 5062).Serialize();
    private readonly byte[] answer = new byte[8192];
    private readonly byte[][] refreshes = new byte[Count][];
    private byte[] first = [];
    private IShortcut shortcut = null!;
    private Lease lease = null!;
    private int next;

    [GlobalSetup]
    public void Setup()
    {
        var ring = KeyRing.Create();
        var services = new ServiceCollection().AddLogging().AddSingleton(ring);
        services.AddSingleton<IGrainFactory>(_ => null!); // Nothing here asks a grain.
        services.AddEdgeSip(new EdgeSipOptions
        {
            EdgeId = "bench", Port = 0, Domain = Messages.Domain, FirstRtpPort = 26384, LastRtpPort = 26483,
            Limits = new EdgeSipLimits
            {
                RequestsPerSecondPerSource = 100_000_000, RequestBurstPerSource = 100_000_000, NonceLifetime = TimeSpan.FromDays(1),
                RegistrationsPerSecondPerDevice = 1_000_000, RegistrationBurstPerDevice = 100_000_000,
            },
        });
        var provider = services.BuildServiceProvider();
        shortcut = provider.GetRequiredService<IShortcut>();
        var user = new DeviceSipUser("001565aabbcc", 1, 1).Format(ring);
        var ha1 = DigestResponse.Ha1(user, Messages.Domain, "secret");
        var nonce = provider.GetRequiredService<Credentials>().Nonces.Issue(TimeProvider.System.GetUtcNow(), 7);
        first = Messages.Register(user, 1);
        for (var i = 0; i < Count; i++)
        {
            refreshes[i] = Messages.Register(user, (uint)i + 2, Messages.Authorization(user, ha1, nonce, (uint)i + 1));
        }

        lease = Take(provider.GetRequiredService<LeaseTable>(), user, ha1);
        if (Challenge() == 0 || Refresh() == 0)
        {
            throw new InvalidOperationException("What is measured went the long way.");
        }
    }

    [Benchmark]
    public int Challenge() => shortcut.Answer(first, from, local, answer);

    [Benchmark]
    public int Refresh()
    {
        if (next == Count)
        {
            (next, lease.LastCount, lease.LastCSeq) = (0, 0, 0);
        }

        var length = shortcut.Answer(refreshes[next++], from, local, answer);
        return length > 0 ? length : throw new InvalidOperationException("A refresh went the long way.");
    }

    private Lease Take(LeaseTable table, string user, string ha1)
    {
        var grant = new LeaseGrant
        {
            Ha1 = ha1, BindingId = "b", Generation = 1, Version = 1, Tenant = "t", TenantVersion = 1, ExpiresSeconds = 300, Lifetime = TimeSpan.FromDays(1),
        };
        var contact = $"<sip:{user}@10.0.0.5:5062>";
        var register = new LeasedRegister(
            "0_843817637684230@10.0.0.5"u8.ToArray(), System.Text.Encoding.ASCII.GetBytes(contact), contact, 300, local, PeerKey.Of(from).ToArray(),
            "udp", null);
        var now = TimeProvider.System.GetUtcNow();
        var made = new Lease(grant, "001565aabbcc", user, table.Watch(grant), register, now.AddDays(1).UtcTicks);
        table.Add(made);
        table.Informed();
        return made;
    }
}
