using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A phone whose grain grants a lease for its binding.</summary>
internal sealed class LeasedPhone : IDisposable
{
    private readonly EdgeFixture fixture;

    private LeasedPhone(EdgeFixture fixture, UdpPhone phone, string secret, string mac)
    {
        (this.fixture, Phone, Secret, Mac) = (fixture, phone, secret, mac);
        Script.GrantsLeases = true;
    }

    public UdpPhone Phone { get; }

    public string Secret { get; }

    public string Mac { get; }

    public DeviceScript Script => fixture.Scripts[Mac];

    /// <summary>What its grain was asked.</summary>
    public int Calls => Script.Registers.Count;

    public static async Task<LeasedPhone> RegisteredAsync(EdgeFixture fixture)
    {
        var (user, secret, mac) = fixture.NewDevice();
        var leased = new LeasedPhone(fixture, new UdpPhone(fixture.Edge.UdpEndPoint, user), secret, mac);
        (await leased.Phone.RegisterAsync(secret)).StatusCode.Should().Be(200);
        leased.Calls.Should().Be(1);
        return leased;
    }

    public Task<SipResponse> RefreshAsync(string headers = "") => Phone.RegisterAsync(Secret, headers);

    public async Task<DigestChallenge> ChallengeAsync() =>
        DigestChallenge.Parse((await Phone.AskAsync(Phone.Register())).GetText(SipHeaderName.WwwAuthenticate))!;

    /// <summary>A refresh under a given challenge, as text.</summary>
    public string Refresh(DigestChallenge challenge, string? secret = null, uint count = 1)
    {
        var authorization = challenge.Answer(Phone.User, secret ?? Secret, "REGISTER", $"sip:{Phone.Domain}", "c0ffee", count);
        return Phone.Register($"Authorization: {authorization}\r\n");
    }

    public void Dispose() => Phone.Dispose();
}
