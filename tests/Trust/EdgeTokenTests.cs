namespace SipGateway.Trust.Tests;

public sealed class EdgeTokenTests
{
    private static readonly KeyRing Ring = KeyRing.Create();

    [Fact]
    public void Token_OfEveryLength_IsReadBack()
    {
        for (var length = 1; length <= 64; length++)
        {
            var id = new string('x', length - 1) + "7";
            EdgeToken.Parse(Ring, EdgeToken.Format(Ring, id)).Should().Be(id);
        }
    }

    [Fact]
    public void Token_OfLettersAndDigitsOnly_FitsEveryUri() => EdgeToken.Format(Ring, "edge-1.site_2").Should().MatchRegex("^e[a-z0-9]+$");

    [Fact]
    public void Token_ChangedAnywhere_IsNone()
    {
        var token = EdgeToken.Format(Ring, "edge-1");
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'b' ? 'c' : 'b') + token[(i + 1)..];
            if (i == token.Length - 1 && EdgeToken.Parse(Ring, changed) is { } same)
                same.Should().Be("edge-1", "only the bits that fill up the last letter may differ");
            else
                EdgeToken.Parse(Ring, changed).Should().BeNull();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("e0")]
    [InlineData("alice")]
    public void Token_ThatIsNone_NamesNoEdge(string? text) => EdgeToken.Parse(Ring, text).Should().BeNull();

    [Fact]
    public void Token_OfOtherKeysOrTooLong_NamesNoEdge()
    {
        EdgeToken.Parse(KeyRing.Create(), EdgeToken.Format(Ring, "edge-1")).Should().BeNull();
        EdgeToken.Parse(Ring, EdgeToken.Format(Ring, new string('x', 65))).Should().BeNull();
    }
}
