using CsCheck;
using SipGateway.Sip.Authentication;

namespace SipGateway.Sip.Tests.Authentication;

public sealed class DigestCredentialsTests
{
    private const string Good =
        "Digest username=\"bob\", realm=\"biloxi.example.com\", nonce=\"abc\", uri=\"sip:biloxi.example.com\", response=\"0123\", "
        + "algorithm=MD5, cnonce=\"0a4f\", opaque=\"o\", qop=auth, nc=0000000a";

    [Fact]
    public void Parse_WholeHeader_ReadsEveryParameter()
    {
        var credentials = DigestCredentials.Parse(Good)!;
        credentials.Username.Should().Be("bob");
        credentials.Realm.Should().Be("biloxi.example.com");
        credentials.Nonce.Should().Be("abc");
        credentials.Uri.Should().Be("sip:biloxi.example.com");
        credentials.Response.Should().Be("0123");
        credentials.Algorithm.Should().Be("MD5");
        credentials.Cnonce.Should().Be("0a4f");
        credentials.Opaque.Should().Be("o");
        credentials.Qop.Should().Be("auth");
        credentials.NonceCountText.Should().Be("0000000a");
        credentials.NonceCount.Should().Be(10);
    }

    [Theory]
    [InlineData("digest username=bob,realm=r,nonce=n,uri=sip:h,response=r")]
    [InlineData("DIGEST   username = \"bob\" ,, realm=\"r\" , nonce=\"n\",uri=\"sip:h\",response=\"r\",")]
    [InlineData("Digest username=\"bob\",realm=\"r\",nonce=\"n\",uri=\"sip:h\",response=\"r\",qop=\"auth\",nc=000000002,cnonce=\"\"")]
    public void Parse_SpellingsMetInTheField_AreRead(string value) => DigestCredentials.Parse(value)!.Username.Should().Be("bob");

    [Theory]
    [InlineData("")]
    [InlineData("Digest")]
    [InlineData("Digest ")]
    [InlineData("Basic Zm9v")]
    [InlineData("NoOneKnowsThisScheme opaque-data=here")]
    [InlineData("Digest username=\"bob")]
    [InlineData("Digest username=\"bob\\")]
    [InlineData("Digest username=\"b\",username=\"c\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\"")]
    [InlineData("Digest username=\"b\" realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\"")]
    [InlineData("Digest username=\"b\"x,realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\"")]
    [InlineData("Digest username=b\"x\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\"")]
    [InlineData("Digest =x")]
    [InlineData("Digest username=\"b\",realm=\"r\",nonce=\"n\",uri=\"u\"")]
    [InlineData("Digest username=\"b\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\",qop=auth")]
    [InlineData("Digest username=\"b\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\",qop=auth-conf,nc=1,cnonce=c")]
    [InlineData("Digest username=\"b\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\",qop=auth,nc=-1,cnonce=c")]
    [InlineData("Digest username=\"b\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\",qop=auth,nc=100000000,cnonce=c")]
    public void Parse_AnythingElse_IsNull(string value) => DigestCredentials.Parse(value).Should().BeNull();

    [Fact]
    public void Parse_QuotedPairs_AreResolvedInNames()
    {
        var credentials = DigestCredentials.Parse("Digest username=\"b\\\"o\\\\b\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"r\"")!;
        credentials.Username.Should().Be("b\"o\\b");
    }

    [Fact]
    public void Parse_BeyondTheBounds_IsNull()
    {
        var many = string.Concat(Enumerable.Range(0, DigestCredentials.MaxParameters).Select(i => $",x{i}=1"));
        DigestCredentials.Parse(Good + many).Should().BeNull();
        DigestCredentials.Parse(Good + ",x=\"" + new string('a', DigestCredentials.MaxLength) + "\"").Should().BeNull();
    }

    [Fact]
    public void Parse_AnyText_NeverThrows() => Gen.String[Gen.Char["Digest =\",\\usernamqop0 \t\0é"], 0, 80]
        .Sample(text => DigestCredentials.Parse("Digest " + text) is null or { Username: not null });

    [Fact]
    public void Parse_EveryPrefixOfAGoodHeader_NeverThrows()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            DigestCredentials.Parse(Good.AsSpan(0, length))?.Uri.Should().Be("sip:biloxi.example.com");
        }
    }

    [Fact]
    public void ToString_OfCredentials_NamesNobody() =>
        DigestCredentials.Parse(Good)!.ToString().Should().NotContain("bob").And.NotContain("0123");
}
