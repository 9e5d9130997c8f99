namespace SipGateway.Sip.Tests.Parsing;

/// <summary>One message per datagram, and the bounds.</summary>
public sealed class DatagramTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("\0\0\0\0")]
    [InlineData(" ")]
    public void KeepAlive_OfAnyKind_IsNoMessage(string text) =>
        Sample.Datagram(Sample.Bytes(text)).Status.Should().Be(SipParseStatus.KeepAlive);

    [Fact]
    public void Noise_IsRejectedWithoutAnythingToAnswer()
    {
        var result = Sample.Datagram([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42]);

        result.Reason.Should().Be(SipRejectionReason.NotSip);
        result.RejectedMessage.Should().BeNull();
        result.Reason.StatusCode().Should().BeNull();
    }

    [Fact]
    public void RequestUri_BeyondItsLimit_Is414()
    {
        var text = Sample.RegisterHead.Replace("gw.example.com SIP", new string('a', 600) + " SIP", StringComparison.Ordinal) + "\r\n";

        var result = Sample.Datagram(Sample.Bytes(text));

        result.Reason.StatusCode().Should().Be(414);
        result.RejectedMessage!.TopVia!.Branch.Should().Be("z9hG4bK1");
    }

    [Fact]
    public void Method_BeyondItsLimit_IsRejected() =>
        Sample.Datagram(Sample.Bytes(new string('M', 65) + " sip:a SIP/2.0\r\n\r\n")).Reason.Should().Be(SipRejectionReason.MethodTooLong);

    [Fact]
    public void Vias_BeyondTheirLimit_AreRejectedOverLinesAndCommas()
    {
        var vias = string.Concat(Enumerable.Repeat("v: SIP/2.0/UDP a;branch=z9hG4bKx, SIP/2.0/UDP b;branch=z9hG4bKy\r\n", 35));

        Sample.Datagram(Sample.RegisterWith(vias)).Reason.Should().Be(SipRejectionReason.TooManyVias);
    }

    [Fact]
    public void HeaderLines_BeyondTheirLimit_AreRejected() => Sample
        .Datagram(Sample.RegisterWith(string.Concat(Enumerable.Repeat("Accept: a/b\r\n", 200)))).Reason
        .Should().Be(SipRejectionReason.TooManyHeaders);

    [Fact]
    public void HeaderName_BeyondItsLimit_IsRejected() => Sample
        .Datagram(Sample.RegisterWith(new string('X', 340) + ": 1\r\n")).Reason
        .Should().Be(SipRejectionReason.HeaderNameInvalid);

    [Fact]
    public void HeaderValue_BeyondItsLimit_IsRejected() => Sample
        .Datagram(Sample.RegisterWith("X: " + new string('a', 9000) + "\r\n")).Reason
        .Should().Be(SipRejectionReason.HeaderValueTooLong);

    [Fact]
    public void Headers_BeyondTheirLimit_AreRejected() => Sample
        .Datagram(Sample.RegisterWith(string.Concat(Enumerable.Repeat("X: " + new string('a', 4000) + "\r\n", 5)))).Reason
        .Should().Be(SipRejectionReason.HeadersTooLarge);

    [Fact]
    public void BlankBeforeColon_DoesNotHideAHeader()
    {
        var request = (SipRequest)Sample.Datagram(Sample.RegisterWith("P-Asserted-Identity \t: <sip:boss@gw.example.com>\r\n")).Message!;

        request.GetText(SipHeaderName.PAssertedIdentity).Should().Be("<sip:boss@gw.example.com>");
    }

    [Fact]
    public void Buffer_UsedAgainAfterParsing_DoesNotChangeTheMessage()
    {
        var buffer = Sample.Register;
        var message = Sample.Datagram(buffer).Message!;

        buffer.AsSpan().Fill((byte)'x');

        message.CallId.Should().Be("1_2@10.0.0.5");
    }

    [Fact]
    public void Reasons_AllHaveTheirRow()
    {
        var reasons = Enum.GetValues<SipRejectionReason>().Where(reason => reason != SipRejectionReason.None).ToList();

        reasons.Select(reason => reason.MetricTag()).Should().OnlyHaveUniqueItems()
            .And.AllSatisfy(tag => tag.Should().MatchRegex("^[a-z0-9_]+$"));
        reasons.Should().AllSatisfy(reason => reason.Phrase().Should().MatchRegex("^[ -~]{1,64}$"));
        reasons.Should().AllSatisfy(reason => (reason.StatusCode() is null or (>= 400 and <= 599))
            .Should().BeTrue("a registrar never answers 6xx"));
    }
}
