using CsCheck;
using SipGateway.Sip.Tests.Parsing;

namespace SipGateway.Sip.Tests.Writing;

/// <summary>What is written is read back.</summary>
public sealed class SipRequestBuilderTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~";

    private static readonly Gen<string> Token = Gen.Char[Letters].Array[1, 20].Select(characters => new string(characters));

    private static readonly Gen<string> Words = Gen.String[0, 40].Select(
        text => new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\u2028' or '\u2029'))]));

    private static readonly Gen<string> User = Gen.String[1, 20].Where(user => !user.Any(char.IsSurrogate));

    [Fact]
    public void RoundTrip_OfAnyRequest_GivesWhatWasWritten() => (
            from head in Gen.Select(Token, User, Token, Token, Gen.UInt[0, CSeq.MaxNumber])
            from extra in Gen.Select(Words, Words, Gen.Byte.Array[0, 300], Gen.Bool)
            select (head, extra))
        .Sample(item => Check(item.head, item.extra), iter: 3_000);

    [Fact]
    public void Notify_WithEverything_ReadsAsWritten()
    {
        var contact = SipUri.Parse("sip:d7abc@10.0.0.5:5062;transport=tls;ob");
        var bytes = SipRequestBuilder.Create(SipMethod.Notify, contact)
            .Via("TLS", "gw.example.com:5061", "z9hG4bKn1").From(SipUri.Parse("sip:provision@gw"), "f1").To(SipUri.Parse("sip:d7abc@gw"))
            .CallId("n1@gw").CSeq(1, SipMethod.Notify).MaxForwards().Contact(SipUri.Parse("sip:gw"))
            .Add(SipHeaderName.Event, "check-sync;reboot=false").Add(SipHeaderName.SubscriptionState, "terminated").Build();

        var request = (SipRequest)Sample.Stream(bytes).Message!;

        request.RequestUri.Should().Be(contact);
        request.Event!.Type.Should().Be("check-sync");
        request.Event.Parameters["reboot"].Should().Be("false");
        request.TopVia!.AsksForRPort.Should().BeTrue();
        SipRequestValidation.Check(request).Should().BeNull();
    }

    private static void Check(
        (string Method, string User, string Tag, string CallId, uint Number) head,
        (string Name, string Value, byte[] Body, bool Stream) extra)
    {
        var method = SipMethod.Of(head.Method);
        var uri = SipUri.Create(head.User, "gw.example.com");
        var bytes = SipRequestBuilder.Create(method, uri)
            .Via("UDP", "10.0.0.5:5060", Via.MagicCookie + head.Tag)
            .From(new NameAddress { DisplayName = extra.Name, Uri = uri, Parameters = SipParameters.None.With("tag", head.Tag) })
            .To(uri).CallId(head.CallId).CSeq(head.Number, method).Add("X-Value", extra.Value)
            .Body("application/octet-stream", extra.Body).Build();

        var result = extra.Stream ? Sample.Stream(bytes) : Sample.Datagram(bytes);

        var request = (SipRequest)result.Message!;
        SipRequestValidation.Check(request).Should().BeNull();
        request.Method.Should().Be(method);
        request.RequestUri!.User.Should().Be(head.User);
        request.From!.DisplayName.Should().Be(extra.Name);
        request.From.Tag.Should().Be(head.Tag);
        request.CallId.Should().Be(head.CallId);
        request.CSeq.Should().Be(new CSeq(head.Number, method));
        request.GetHeaders("x-value").Single().Value.Should().Be(extra.Value.Trim(' '));
        request.Body.ToArray().Should().Equal(extra.Body);
        result.ConsumedBytes.Should().Be(bytes.Length);
    }
}
