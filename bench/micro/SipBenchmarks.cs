using System.Net;
using BenchmarkDotNet.Attributes;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Sip.Plain;

namespace SipGateway.Micro;

/// <summary>Parser, writer and digest, each by itself.</summary>
[MemoryDiagnoser]
public class SipBenchmarks
{
    private static readonly byte[] Key = new byte[32];

    private readonly NonceIssuer issuer = new(1, _ => Key, "bench", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
    private readonly byte[] text = new byte[NonceIssuer.TextLength];
    private byte[] message = [];
    private byte[] nonce = [];
    private SipRequest request = null!;

    [GlobalSetup]
    public void Setup()
    {
        var issued = issuer.Issue(TimeProvider.System.GetUtcNow(), 7);
        nonce = System.Text.Encoding.ASCII.GetBytes(issued);
        var ha1 = DigestResponse.Ha1("ann", Messages.Domain, "secret");
        message = Messages.Register("ann", 2, Messages.Authorization("ann", ha1, issued, 1));
        request = (SipRequest)SipParser.ParseDatagram(message, SipLimits.Default).Message!;
    }

    [Benchmark]
    public object Parse() => SipParser.ParseDatagram(message, SipLimits.Default).Message!;

    [Benchmark]
    public bool PlainRead() => PlainRegister.TryRead(message, out var register) && PlainAuthorization.TryRead(register.Authorization, out _);

    [Benchmark]
    public byte[] WriteResponse() => SipResponseBuilder.For(request, 200, toTag: "t", source: new IPEndPoint(IPAddress.Loopback, 5060)).Build();

    [Benchmark]
    public bool PlainVerify() => PlainRegister.TryRead(message, out var register) && PlainAuthorization.TryRead(register.Authorization, out var authorization)
        && PlainDigest.Verifies(authorization, "0123456789abcdef0123456789abcdef"u8, "REGISTER"u8);

    [Benchmark]
    public void IssueNonce() => issuer.Issue(TimeProvider.System.GetUtcNow(), 7, text);

    [Benchmark]
    public NonceStatus CheckNonce() => issuer.Check(nonce, TimeProvider.System.GetUtcNow()).Status;
}
