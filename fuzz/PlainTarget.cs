using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;
using SipGateway.Sip.Plain;

namespace SipGateway.Fuzz;

/// <summary>What the short way of a REGISTER takes for plain means the same to the long way.</summary>
internal static class PlainTarget
{
    public static void Run(byte[] input)
    {
        CompareFraming(input);
        if (!PlainRegister.TryRead(input, out var plain))
        {
            return;
        }

        var request = SipParser.ParseDatagram(input, SipLimits.Default).Message as SipRequest;
        Require(request is not null, "it is a request");
        Require(SipRequestValidation.Check(request!) is null, $"a valid one, but {SipRequestValidation.Check(request!)}");
        Require(request!.Method == SipMethod.Register && request.Body.IsEmpty, "to register, without a body");
        Require(request.RequestUri is { User: null } uri && Equal(uri.Host, plain.RequestHost), "Request-URI");
        Require(request.To is { Tag: null } to && Equal(to.Uri.User, plain.ToUser) && Equal(to.Uri.Host, plain.ToHost), "To");
        Require(!string.IsNullOrEmpty(request.From!.Tag), "From");
        Require(Equal(request.CallId, plain.CallId), "Call-ID");
        Require(request.CSeq!.Number == plain.CSeq, "CSeq");
        Require(request.ExpiresSeconds is { } seconds ? seconds == plain.ExpiresSeconds : plain.ExpiresSeconds == -1, "Expires");
        Require((request.CountOf(SipHeaderName.UserAgent) > 0) == !plain.UserAgent.IsEmpty, "User-Agent");
        foreach (var name in (SipHeaderName[])[SipHeaderName.Path, SipHeaderName.Require, SipHeaderName.ProxyRequire, SipHeaderName.Route])
        {
            Require(request.CountOf(name) == 0, "nothing is required");
        }

        CompareVia(request.TopVia!, plain, request.Vias!.Count);
        CompareContact(request, plain);
        CompareAuthorization(request, plain);
    }

    private static void CompareFraming(byte[] input)
    {
        if (PlainRegister.TryReadFirst(input, out _) is not (> 0 and var length))
        {
            return;
        }

        var result = SipParser.ParseStream(input, SipLimits.Default);
        Require(result.Status == SipParseStatus.Complete && result.ConsumedBytes == length, "one message, which ends where the stream's does");
    }

    private static void CompareVia(Via via, scoped in PlainRegister plain, int count)
    {
        Require(count == 1 && Equal(via.Transport, plain.ViaTransport) && Equal(via.Host, plain.ViaHost), "Via");
        Require((via.Port ?? 0) == plain.ViaPort && via.AsksForRPort == plain.RPortEnd > 0 && via.RPort is null, "Via's ports");
        Require(via.Received is null && via.HasRfc3261Branch, "Via's parameters");
    }

    private static void CompareContact(SipRequest request, scoped in PlainRegister plain)
    {
        var addresses = request.Contacts?.Addresses ?? [];
        Require(addresses.Count == (plain.Contact.IsEmpty ? 0 : 1), "Contact");
        Require(addresses.All(c => c.RegId() is null), "no reg-id");
    }

    private static void CompareAuthorization(SipRequest request, scoped in PlainRegister plain)
    {
        Require(request.CountOf(SipHeaderName.Authorization) == (plain.Authorization.IsEmpty ? 0 : 1), "Authorization");
        if (!PlainAuthorization.TryRead(plain.Authorization, out var read))
        {
            return;
        }

        var full = DigestCredentials.Parse(Encoding.UTF8.GetString(plain.Authorization));
        Require(full is not null, "credentials");
        Require(Equal(full!.Username, read.UserName) && Equal(full.Realm, read.Realm) && Equal(full.Nonce, read.Nonce), "who");
        Require(Equal(full.Uri, read.Uri) && Equal(full.Cnonce, read.ClientNonce) && Equal(full.Response, read.Response), "what");
        Require(full.NonceCount == read.NonceCount && Equal(full.NonceCountText, read.NonceCountText) && full.Qop == "auth", "count");
        Require(full.Algorithm is null or "MD5", "algorithm");
        Require(PlainDigest.Verifies(read, Ha1, "REGISTER"u8) == Verifies(full), "response");
    }

    private static ReadOnlySpan<byte> Ha1 => "0123456789abcdef0123456789abcdef"u8;

    private static bool Verifies(DigestCredentials c) => DigestResponse.AreEqual(
        DigestResponse.Compute(DigestAlgorithm.Md5, Encoding.ASCII.GetString(Ha1), "REGISTER", c.Uri, c.Nonce, c.NonceCountText, c.Cnonce, c.Qop, []),
        c.Response);

    private static bool Equal(string? text, ReadOnlySpan<byte> octets) => text is not null && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(octets);

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("Plain and full reading differ: " + what + ".");
        }
    }
}
