using System.Text;
using SipGateway.Sip.Authentication;
using SipGateway.Sip.Plain;

namespace SipGateway.Sip.Tests.Plain;

/// <summary>What is too long for the short way is left to the long one, to the octet.</summary>
public sealed class PlainDigestTests
{
    private const string Nonce = "bm9uY2U";

    [Theory]
    [InlineData("uri")]
    [InlineData("cnonce")]
    public void Verifies_UpToItsRoom_AndBeyondSaysNo(string part)
    {
        var lengths = new List<int>();
        for (var length = 1; length < 1200; length++)
        {
            var uri = "sip:" + (part == "uri" ? new string('u', length) : "h");
            var clientNonce = part == "cnonce" ? new string('c', length) : "c";
            var ha1 = DigestResponse.Ha1("alice", "h", "secret");
            var response = DigestResponse.Compute(DigestAlgorithm.Md5, ha1, "REGISTER", uri, Nonce, "00000001", clientNonce, "auth", []);
            var header = $"Digest username=\"alice\", realm=\"h\", nonce=\"{Nonce}\", uri=\"{uri}\", response=\"{response}\", "
                + $"algorithm=MD5, qop=auth, nc=00000001, cnonce=\"{clientNonce}\"";
            PlainAuthorization.TryRead(Encoding.ASCII.GetBytes(header), out var authorization).Should().BeTrue(header);

            if (PlainDigest.Verifies(authorization, Encoding.ASCII.GetBytes(ha1), "REGISTER"u8)) lengths.Add(length);
        }

        lengths.Should().Equal(Enumerable.Range(1, lengths.Count)).And.HaveCountGreaterThan(800).And.HaveCountLessThan(1100);
    }
}
