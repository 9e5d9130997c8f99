using System.Net;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>A phone whose every header a test may choose: text over a real socket, real digest.</summary>
internal sealed class RawPhone : IDisposable
{
    private readonly RegistrarFixture fixture;
    private readonly Account account;
    private readonly string transport;

    private RawPhone(RegistrarFixture fixture, Account account, string transport, SipWire wire)
    {
        this.fixture = fixture;
        this.account = account;
        this.transport = transport;
        Wire = wire;
        Contact = $"sip:{account.User}@{wire.Local}";
        To = Address;
    }

    public SipWire Wire { get; }

    public string CallId { get; init; } = Guid.NewGuid().ToString("n");

    public uint CSeq { get; set; }

    public string Contact { get; set; }

    public string To { get; set; }

    public string Address => $"<sip:{account.User}@{fixture.Domain}>";

    public string Server => $"sip:{fixture.Domain}";

    public static async Task<RawPhone> OpenAsync(
        RegistrarFixture fixture, Account? account = null, string transport = "UDP", IPAddress? from = null, IPEndPoint? to = null) =>
        new(fixture, account ?? fixture.Alice, transport, await SipWire.OpenAsync(transport, to ?? fixture.Gateway["sip"], from));

    /// <summary>A request; headers are lines without their ends.</summary>
    public string Request(string method, IEnumerable<string> headers, string? uri = null, string? cseq = null, string? via = null) =>
        $"{method} {uri ?? Server} SIP/2.0\r\n"
        + $"Via: {via ?? $"SIP/2.0/{transport} {Wire.Local};branch=z9hG4bK{Guid.NewGuid():n};rport"}\r\n"
        + $"From: {Address};tag=f1\r\nTo: {To}\r\nCall-ID: {CallId}\r\nCSeq: {cseq ?? $"{++CSeq} {method}"}\r\nUser-Agent: Raw 1\r\n"
        + string.Concat(headers.Select(h => h + "\r\n")) + "Content-Length: 0\r\n\r\n";

    public async Task<SipResponse> AskAsync(string request)
    {
        await Wire.SendAsync(Encoding.UTF8.GetBytes(request));
        return await Wire.FinalAsync();
    }

    public async Task<SipResponse> ChallengeAsync()
    {
        // Nonces are told apart by the millisecond; no phone asks for two within one.
        await Task.Delay(2);
        var challenge = await AskAsync(Request("REGISTER", [$"Contact: <{Contact}>"]));
        challenge.StatusCode.Should().Be(401);
        return challenge;
    }

    /// <summary>An authenticated REGISTER as it goes out, for tests that send it in their own way.</summary>
    public async Task<string> PreparedAsync(params string[] headers) =>
        Request("REGISTER", [Authorization(await ChallengeAsync()), .. headers]);

    /// <summary>Challenge and answer; headers are all but the usual ones.</summary>
    public async Task<SipResponse> RegisterAsync(params string[] headers) => await AskAsync(await PreparedAsync(headers));

    /// <summary>Registers the phone's Contact.</summary>
    public Task<SipResponse> BindAsync(string parameters = ";expires=300", params string[] headers) =>
        RegisterAsync([$"Contact: <{Contact}>{parameters}", .. headers]);

    /// <summary>All bindings, asked for under another Call-ID.</summary>
    public async Task<IReadOnlyList<NameAddress>> BindingsAsync()
    {
        using var asking = await OpenAsync(fixture, account);
        var response = await asking.RegisterAsync();
        response.StatusCode.Should().Be(200);
        return response.Contacts!.Addresses;
    }

    public string Authorization(
        SipResponse challenge, uint count = 1, string? uri = null, string method = "REGISTER", string algorithm = "MD5", string? secret = null)
    {
        var asked = DigestChallenge.Parse(challenge.GetText(SipHeaderName.WwwAuthenticate))!;
        var hash = DigestAlgorithms.Parse(algorithm) ?? DigestAlgorithm.Md5;
        var ha1 = DigestResponse.Ha1(hash, account.User, asked.Realm, secret ?? account.Secret);
        var nc = count.ToString("x8");
        var response = DigestResponse.Compute(hash, ha1, method, uri ?? Server, asked.Nonce, nc, "c0ffee", "auth", []);
        return $"Authorization: Digest username=\"{account.User}\", realm=\"{asked.Realm}\", nonce=\"{asked.Nonce}\", uri=\"{uri ?? Server}\", "
            + $"response=\"{response}\", algorithm={algorithm}, qop=auth, nc={nc}, cnonce=\"c0ffee\"";
    }

    public void Dispose() => Wire.Dispose();
}
