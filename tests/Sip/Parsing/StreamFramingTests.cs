using System.Globalization;

namespace SipGateway.Sip.Tests.Parsing;

/// <summary>Where one message ends and the next begins.</summary>
public sealed class StreamFramingTests
{
    [Fact]
    public void Prefix_OfEveryLength_IsNeedMore()
    {
        var whole = Sample.RegisterWith("Content-Type: text/plain\r\nContent-Length: 5\r\n", "a\r\n\r\n");

        for (var length = 0; length < whole.Length; length++)
        {
            var result = Sample.Stream(whole[..length]);
            result.Status.Should().Be(SipParseStatus.NeedMore, "the first {0} of {1} octets are no message", length, whole.Length);
            result.NeededBytes.Should().BeInRange(length + 1, whole.Length);
            result.ConsumedBytes.Should().Be(0);
        }

        Sample.Stream(whole).Status.Should().Be(SipParseStatus.Complete);
    }

    [Fact]
    public void Prefix_OfEveryTortureMessage_IsNeverComplete()
    {
        foreach (var file in Directory.GetFiles(TestData.Folder("rfc4475"), "*.dat"))
        {
            var whole = File.ReadAllBytes(file);
            var end = Sample.Stream(whole) is { Status: SipParseStatus.Complete, ConsumedBytes: var consumed } ? consumed : whole.Length;
            for (var length = 0; length < end; length++)
            {
                Sample.Stream(whole[..length]).Status.Should().BeOneOf(
                    [SipParseStatus.NeedMore, SipParseStatus.Rejected], "{0} octets of {1} are no message", length, file);
            }
        }
    }

    [Fact]
    public void Pipelined_TwoMessagesAndAPing_AreReadOneByOne()
    {
        byte[] buffer = [.. Sample.Register, .. "\r\n\r\n"u8, .. Sample.Register, .. "\r\n"u8];

        var first = Sample.Stream(buffer);
        var ping = Sample.Stream(buffer[first.ConsumedBytes..]);
        var second = Sample.Stream(buffer[(first.ConsumedBytes + ping.ConsumedBytes)..]);
        var rest = Sample.Stream(buffer[(first.ConsumedBytes + ping.ConsumedBytes + second.ConsumedBytes)..]);

        first.Message!.CSeq!.Number.Should().Be(1);
        ping.Status.Should().Be(SipParseStatus.KeepAlive);
        ping.ConsumedBytes.Should().Be(4);
        second.Status.Should().Be(SipParseStatus.Complete);
        rest.Status.Should().Be(SipParseStatus.NeedMore);
    }

    [Fact]
    public void LoneEmptyLine_BeforeAMessage_IsPassedOver()
    {
        byte[] buffer = [.. "\r\n"u8, .. Sample.Register];

        var result = Sample.Stream(buffer);

        result.Status.Should().Be(SipParseStatus.Complete);
        result.ConsumedBytes.Should().Be(buffer.Length);
    }

    [Fact]
    public void Body_WithASecondRequestInside_IsNotReadAsOne()
    {
        var hidden = Sample.Register;
        var buffer = Sample.RegisterWith(
            $"Content-Length: {hidden.Length.ToString(CultureInfo.InvariantCulture)}\r\n", System.Text.Encoding.UTF8.GetString(hidden));

        var result = Sample.Stream(buffer);

        result.ConsumedBytes.Should().Be(buffer.Length);
        result.Message!.Body.ToArray().Should().Equal(hidden);
    }

    [Theory]
    [InlineData("", SipRejectionReason.ContentLengthMissing)]
    [InlineData("Content-Length: -1\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: +5\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: 0x5\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: 5 5\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: 5,5\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: ٥\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length:\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: 5;a=b\r\n", SipRejectionReason.ContentLengthInvalid)]
    [InlineData("Content-Length: 4294967328\r\n", SipRejectionReason.MessageTooLarge)]
    [InlineData("Content-Length: 18446744073709551648\r\n", SipRejectionReason.MessageTooLarge)]
    [InlineData("Content-Length: 65507\r\n", SipRejectionReason.MessageTooLarge)]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n", SipRejectionReason.ContentLengthDuplicate)]
    [InlineData("Content-Length: 5\r\nl: 0\r\n", SipRejectionReason.ContentLengthDuplicate)]
    [InlineData("Content-Length : 5\r\nCONTENT-LENGTH: 6\r\n", SipRejectionReason.ContentLengthDuplicate)]
    public void ContentLength_ThatCannotBeTrusted_ClosesTheStream(string headers, SipRejectionReason reason)
    {
        var result = Sample.Stream(Sample.RegisterWith(headers, "12345"));

        result.Status.Should().Be(SipParseStatus.Rejected);
        result.Reason.Should().Be(reason);
        result.MustClose.Should().BeTrue();
        result.RejectedMessage!.CallId.Should().Be("1_2@10.0.0.5");
    }

    [Theory]
    [InlineData("X-Odd\r\nContent-Length: 0\r\n", SipRejectionReason.HeaderMalformed)]
    [InlineData("X Odd: 1\r\nContent-Length: 0\r\n", SipRejectionReason.HeaderNameInvalid)]
    [InlineData("Content-Length\v: 0\r\n", SipRejectionReason.ControlCharacter)]
    [InlineData("X: a\nContent-Length: 32\r\nContent-Length: 0\r\n", SipRejectionReason.LineEndInvalid)]
    [InlineData("X: a\rContent-Length: 0\r\n", SipRejectionReason.LineEndInvalid)]
    [InlineData("X: a\0b\r\nContent-Length: 0\r\n", SipRejectionReason.ControlCharacter)]
    public void Lines_OnWhichParsersDisagree_CloseTheStream(string headers, SipRejectionReason reason)
    {
        var result = Sample.Stream(Sample.RegisterWith(headers));

        result.Reason.Should().Be(reason);
        result.MustClose.Should().BeTrue();
    }

    [Fact]
    public void RequestLine_ThatIsMalformedButFramed_IsRejectedAndTheStreamLives()
    {
        byte[] buffer = [.. Sample.Bytes("REGISTER  sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n"), .. Sample.Register];

        var result = Sample.Stream(buffer);

        result.Reason.Should().Be(SipRejectionReason.RequestLineMalformed);
        result.MustClose.Should().BeFalse();
        Sample.Stream(buffer[result.ConsumedBytes..]).Status.Should().Be(SipParseStatus.Complete);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n")]
    [InlineData("\x16\x03\x01\x02")]
    [InlineData(" REGISTER sip:a SIP/2.0")]
    public void OtherProtocols_AreRejectedBeforeTheyFinish(string text)
    {
        var result = Sample.Stream(Sample.Bytes(text));

        result.Reason.Should().Be(SipRejectionReason.NotSip);
        result.MustClose.Should().BeTrue();
    }

    [Fact]
    public void Headers_WithoutEnd_AreCutOffAtTheLimit()
    {
        var endless = Sample.Bytes(Sample.RegisterHead + "X: " + new string('a', SipLimits.Default.MaxHeaderBytes));

        Sample.Stream(endless[..(SipLimits.Default.MaxHeaderBytes - 1)]).Status.Should().Be(SipParseStatus.NeedMore);
        var result = Sample.Stream(endless);

        result.MustClose.Should().BeTrue();
        result.Reason.Should().BeOneOf(SipRejectionReason.HeadersTooLarge, SipRejectionReason.HeaderValueTooLong);
        result.RejectedMessage.Should().NotBeNull();
    }

    [Fact]
    public void FirstLine_WithoutEnd_IsRejected() =>
        Sample.Stream(Sample.Bytes("REGISTER sip:" + new string('a', 1000))).Reason.Should().Be(SipRejectionReason.NotSip);
}
