namespace SipGateway.Edge.Tests.Sip;

public sealed class G711Tests
{
    // ITU-T G.711 tables 1 and 2: silence, one step, full scale.
    [Theory]
    [InlineData(0, 0xFF, 0xD5)]
    [InlineData(-1, 0x7F, 0x55)]
    [InlineData(1000, 0xCE, 0xFA)]
    [InlineData(-1000, 0x4E, 0x7A)]
    [InlineData(32767, 0x80, 0xAA)]
    [InlineData(-32768, 0x00, 0x2A)]
    public void Encode_Sample_IsTheTablesOctet(short sample, byte muLaw, byte aLaw)
    {
        G711.Encode(G711Law.MuLaw, sample).Should().Be(muLaw);
        G711.Encode(G711Law.ALaw, sample).Should().Be(aLaw);
    }
}
