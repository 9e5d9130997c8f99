using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Sip.Plain;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A plain REGISTER that is answered where it is received gets octet for octet what the long way says.</summary>
public sealed partial class ShortAndLongWayTests(EdgeFixture fixture)
{
    private readonly byte[] buffer = new byte[8192];

    [Theory]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.2:5062;rport;branch=z9hG4bK1")]
    [InlineData("Via: SIP/2.0/UDP phone.test;branch=z9hG4bK1;rport")]
    [InlineData("Via: SIP/2.0/UDP 203.0.113.9:5062;branch=z9hG4bK1")]
    [InlineData("v: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1;rport")]
    public void Challenge_OnBothWays_IsTheSame(string via)
    {
        var register = Register(via, "c1", 1, "");
        var flow = new StillFlow("203.0.113.9:5062", local: "127.0.0.1:5060");
        var shorter = Answer(register, flow);
        shorter.Should().NotBeEmpty();
        Receive(flow, register);
        Nonce().Replace(Encoding.UTF8.GetString(flow.Sent.Single()), "").Should().Be(Nonce().Replace(shorter, ""));
        Nonce().Replace(Answer(register, flow), "").Should().Be(Nonce().Replace(shorter, ""), "a retransmission is the same");
    }

    [Theory]
    [InlineData("User-Agent: Linphone/5\r\n", true)]
    [InlineData("User-Agent: friendly-scanner\r\n", false)]
    public void Challenge_ThatTheShortWayDoesNotKnow_IsLeftToTheLongWay(string header, bool isAnswered)
    {
        var register = Register("Via: SIP/2.0/UDP phone.test;branch=z9hG4bK1;rport", "c1", 1, header + "X-Long: " + new string('x', 400) + "\r\n");
        var flow = new StillFlow("203.0.113.9:5062", local: "127.0.0.1:5060");
        Answer(register, flow).Should().BeEmpty();
        Receive(flow, register);
        flow.Sent.Should().HaveCount(isAnswered ? 1 : 0);
    }

    [Fact]
    public async Task Refresh_OnBothWays_IsTheSame()
    {
        var (user, secret, mac) = fixture.NewDevice();
        var flow = new StillFlow("203.0.113.9:5062", local: "127.0.0.1:5060");
        const string Via = "Via: SIP/2.0/UDP 192.0.2.2:5062;branch=z9hG4bK2;rport";
        Receive(flow, Register(Via.Replace("K2", "K1"), user, 1, ""));
        var challenge = DigestChallenge.Parse(Read(flow.Sent[0]).GetText(SipHeaderName.WwwAuthenticate))!;
        var authorization = challenge.Answer(user, secret, "REGISTER", "sip:gateway.test", "c0ffee");
        var register = Register(Via, user, 2, $"Contact: <sip:{user}@192.0.2.2:5062>\r\nExpires: 300\r\nAuthorization: {authorization}\r\n");
        Receive(flow, register);
        await Eventually.IsTrue(() => flow.Sent.Count == 2, "the long way's answer");
        var longer = Read(flow.Sent[1]);
        longer.StatusCode.Should().Be(200);

        GrantLease(register, flow, user, secret, mac, challenge, DateTimeOffset.Parse(longer.GetText(SipHeaderName.Date)!));
        Answer(register, flow).Should().Be(Encoding.UTF8.GetString(flow.Sent[1]));
        Allocated(register, flow).Should().Be(0, "a refresh costs no garbage");
        Allocated(Register(Via, user, 3, ""), flow).Should().Be(0, "nor does a challenge");
    }

    private long Allocated(byte[] datagram, Flow flow)
    {
        var shortcut = fixture.Services.GetRequiredService<IShortcut>();
        var from = flow.Remote.Serialize();
        shortcut.Answer(datagram, from, flow.Local, buffer).Should().BePositive();
        var least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            shortcut.Answer(datagram, from, flow.Local, buffer);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    // As the grain of a real device would have granted it for this REGISTER.
    private void GrantLease(byte[] register, Flow flow, string user, string secret, string mac, DigestChallenge challenge, DateTimeOffset usedAt)
    {
        var table = fixture.Services.GetRequiredService<LeaseTable>();
        table.Informed();
        var grant = new LeaseGrant
        {
            Ha1 = DigestResponse.Ha1(user, "gateway.test", secret), BindingId = "b", Generation = 1, Version = 1, Tenant = "t", TenantVersion = 1,
            ExpiresSeconds = 300, Lifetime = TimeSpan.FromHours(1),
        };
        PlainRegister.TryRead(register, out var plain).Should().BeTrue();
        PlainAuthorization.TryRead(plain.Authorization, out var authorization).Should().BeTrue();
        var contact = plain.Contact.ToArray();
        var leased = new LeasedRegister(
            plain.CallId.ToArray(), contact, Encoding.UTF8.GetString(contact), plain.ExpiresSeconds, flow.Local,
            PeerKey.Of(flow.Remote.Serialize()).ToArray(), "udp", null);
        var lease = new Lease(grant, mac, user, table.Watch(grant), leased, usedAt.AddHours(1).UtcTicks)
        {
            LastCount = 1, LastCSeq = 2, LastUsedTicks = usedAt.UtcTicks,
        };
        authorization.Response.CopyTo(lease.LastResponse);
        Encoding.ASCII.GetBytes(challenge.Nonce).CopyTo(lease.LastNonce);
        table.Add(lease);
    }

    private static byte[] Register(string via, string user, int number, string headers) => Encoding.UTF8.GetBytes(
        $"REGISTER sip:gateway.test SIP/2.0\r\n{via}\r\nMax-Forwards: 70\r\nFrom: \"A\" <sip:{user}@gateway.test>;tag=f1\r\n"
        + $"To: <sip:{user}@gateway.test>\r\nCall-ID: call-of-{user}\r\nCSeq: {number} REGISTER\r\n{headers}Allow: INVITE, ACK, OPTIONS, CANCEL, BYE, NOTIFY\r\n"
        + "X-Of-No-Interest: here to make it as long as what phones send, which is more than four hundred octets\r\nContent-Length: 0\r\n\r\n");

    private string Answer(byte[] datagram, Flow flow) => Encoding.UTF8.GetString(buffer, 0,
        fixture.Services.GetRequiredService<IShortcut>().Answer(datagram, flow.Remote.Serialize(), flow.Local, buffer));

    private void Receive(Flow flow, byte[] datagram) => fixture.Services.GetRequiredService<SipReceiver>().Receive(flow, datagram);

    private static SipResponse Read(byte[] datagram) => (SipResponse)SipParser.ParseDatagram(datagram, SipLimits.Default).Message!;

    [GeneratedRegex("nonce=\"[^\"]*\"")]
    private static partial Regex Nonce();
}
