using System.Net;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>RFC 7616 and RFC 8760 as a phone meets them.</summary>
public sealed class DigestOnTheWireTests(EdgeFixture fixture)
{
    private const string Server = "sip:gateway.test";

    [Fact]
    public async Task Challenge_ToAnyPhone_OffersMd5Alone()
    {
        var offers = await OffersAsync("Yealink SIP-T46S 66.86.5.1");
        offers.Should().ContainSingle().Which.Algorithm.Should().Be(DigestAlgorithm.Md5);
    }

    [Fact]
    public async Task Challenge_ToAUserAgentThatTakesIt_OffersSha256FirstAndMd5AfterIt_OverOneNonce()
    {
        var offers = await OffersAsync("Linphonec/5.1.65 (belle-sip/5.1.64)");
        offers.Select(o => o.Algorithm).Should().Equal(DigestAlgorithm.Sha256, DigestAlgorithm.Md5);
        offers.Select(o => o.Nonce).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData(DigestAlgorithm.Md5, "auth")]
    [InlineData(DigestAlgorithm.Sha256, "auth")]
    [InlineData(DigestAlgorithm.Md5, "auth-int")]
    [InlineData(DigestAlgorithm.Sha256, "auth-int")]
    [InlineData(DigestAlgorithm.Md5, null)]
    [InlineData(DigestAlgorithm.Sha256, null)]
    public async Task Register_WithEitherAlgorithmAndAnyProtection_IsServedOnce(DigestAlgorithm algorithm, string? qop)
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var nonce = await NonceAsync(phone);
        var authorization = Authorization(user, secret, nonce, algorithm, qop);
        (await phone.AskAsync(phone.Register(authorization))).StatusCode.Should().Be(200);
        var again = await phone.AskAsync(phone.Register(authorization));
        again.StatusCode.Should().Be(401, "a nonce with its count works once");
        again.GetText(SipHeaderName.WwwAuthenticate).Should().Contain("stale=true");
        (await phone.AskAsync(phone.Register(Authorization(user, "wrong", await NonceAsync(phone), algorithm, qop)))).StatusCode.Should().Be(401);
    }

    [Fact]
    public async Task Register_WithSeveralCredentials_IsJudgedByOurs()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var nonce = await NonceAsync(phone);
        var ours = Authorization(user, secret, nonce);
        var others = Authorization(user, secret, nonce, realm: "elsewhere.test") + "Authorization: Basic Zm9v\r\nAuthorization: Digest nonsense\r\n"
            + ours.Replace("algorithm=MD5", "algorithm=SHA-512-256");
        (await phone.AskAsync(phone.Register(others + ours))).StatusCode.Should().Be(200);
    }

    [Theory]
    [InlineData("elsewhere.test", 401)]
    [InlineData("GATEWAY.TEST", 200)]
    public async Task Register_ForARealm_IsServedForOurs(string realm, int status)
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var nonce = await NonceAsync(phone);
        (await phone.AskAsync(phone.Register(Authorization(user, secret, nonce, realm: realm)))).StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task Register_WithEscapedQuotes_IsReadAsWritten()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        var right = Authorization(user, secret, await NonceAsync(phone));
        var escaped = right.Replace($"username=\"{user}\"", $"username=\"\\{user[0]}{user[1..]}\"") .Replace("realm=\"g", "realm=\"\\g");
        (await phone.AskAsync(phone.Register(escaped.TrimEnd() + ", x=\"a\\\"b, nonce=\\\"c\"\r\n"))).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Register_OfAPhoneThatMoved_IsServedWithTheNonceItHas()
    {
        var (user, secret, _) = fixture.NewDevice();
        using var before = new UdpPhone(fixture.Edge.UdpEndPoint, user);
        using var after = new UdpPhone(fixture.Edge.UdpEndPoint, user, IPAddress.Parse("127.0.0.32"));
        (await after.AskAsync(after.Register(Authorization(user, secret, await NonceAsync(before))))).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Answer_ToKnownAndUnknownNames_IsTheSame()
    {
        var answers = new List<string>();
        var known = fixture.NewDevice().User;
        foreach (var user in new[] { known, fixture.NewCandidate().User, "d" + new string('a', known.Length - 1), "100", "a\\\"b" })
        {
            using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "100", IPAddress.Parse("127.0.0.33"));
            var first = await phone.AskAsync(phone.Register(to: $"<sip:{user.Replace("\\\"", "%22")}@gateway.test>"));
            var second = await phone.AskAsync(phone.Register(Authorization(user, "wrong", await NonceAsync(phone))));
            answers.Add(Plain(first, user) + Plain(second, user));
        }

        answers.Distinct().Should().ContainSingle();
    }

    // What is left when names, tags, nonces and the phone's own words are taken out.
    private static string Plain(SipResponse response, string user) => response.StatusCode + response.ReasonPhrase + string.Join('|', response.Headers
        .Where(h => h.Name is not (SipHeaderName.Via or SipHeaderName.To or SipHeaderName.From or SipHeaderName.CallId))
        .Select(h => h.Name == SipHeaderName.WwwAuthenticate ? (DigestChallenge.Parse(h.Value)! with { Nonce = "" }).Format() : h.Value));

    private static async Task<string> NonceAsync(UdpPhone phone)
    {
        // A grain tells nonces apart by the millisecond.
        await Task.Delay(2);
        return DigestChallenge.Parse((await phone.AskAsync(phone.Register())).GetText(SipHeaderName.WwwAuthenticate))!.Nonce;
    }

    private static string Authorization(
        string user, string secret, string nonce, DigestAlgorithm algorithm = DigestAlgorithm.Md5, string? qop = "auth", string realm = "gateway.test")
    {
        var ha1 = DigestResponse.Ha1(algorithm, user, realm, secret);
        var response = DigestResponse.Compute(algorithm, ha1, "REGISTER", Server, nonce, "00000001", "c0ffee", qop, []);
        return $"Authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{Server}\", response=\"{response}\", "
            + $"algorithm={algorithm.Text()}" + (qop is null ? "" : $", qop={qop}, nc=00000001, cnonce=\"c0ffee\"") + "\r\n";
    }

    private async Task<List<DigestChallenge>> OffersAsync(string userAgent)
    {
        using var phone = new UdpPhone(fixture.Edge.UdpEndPoint, "anybody");
        var request = phone.Register().Replace("Yealink SIP-T46S 66.86.5.1", userAgent);
        var response = await phone.AskAsync(request);
        return [.. response.GetHeaders(SipHeaderName.WwwAuthenticate).Select(h => DigestChallenge.Parse(h.Value)!)];
    }
}
