using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

public sealed class FeatureCodeTests
{
    [Theory]
    [InlineData("sip:*55*123456@h", FeatureKind.Enroll, "123456")]
    [InlineData("sip:*55*123456#@h", FeatureKind.Enroll, "123456")]
    [InlineData("sip:*55*123456%23@h", FeatureKind.Enroll, "123456")]
    [InlineData("sip:%2A55%2a123456%23@h;user=phone", FeatureKind.Enroll, "123456")]
    [InlineData("sip:*55*123456;phone-context=h@h;user=phone", FeatureKind.Enroll, "123456")]
    [InlineData("tel:*55*123456", FeatureKind.Enroll, "123456")]
    [InlineData("tel:*55*12-34.56;phone-context=h", FeatureKind.Enroll, "123456")]
    [InlineData("sip:*30*@h", FeatureKind.DoNotDisturbOn, "")]
    [InlineData("sip:*31*@h", FeatureKind.DoNotDisturbOff, "")]
    [InlineData("sip:*32*%23@h", FeatureKind.ResetForwarding, "")]
    [InlineData("sip:*33*+4930123@h", FeatureKind.Forward, "+4930123")]
    [InlineData("sip:*34*030123@h", FeatureKind.ForwardOnTimeout, "030123")]
    [InlineData("sip:*35*030123@h", FeatureKind.SimultaneousRing, "030123")]
    [InlineData("sip:*99*@h", FeatureKind.Voicemail, "")]
    public void Parse_EveryWayPhonesWriteIt_IsRead(string uri, FeatureKind kind, string argument) =>
        FeatureCode.Parse(SipUri.Parse(uri)).Should().Be(new FeatureCode(kind, argument));

    [Theory]
    [InlineData("sip:h")]
    [InlineData("sip:123456@h")]
    [InlineData("sip:*55*@h")]
    [InlineData("sip:*55123456@h")]
    [InlineData("sip:*55*12a456@h")]
    [InlineData("sip:*55*+123456@h")]
    [InlineData("sip:*55*123456##@h")]
    [InlineData("sip:*55*1234567890123456789012345@h")]
    [InlineData("sip:*30*1@h")]
    [InlineData("sip:*33*@h")]
    [InlineData("sip:*56*123@h")]
    [InlineData("sip:%252A55%252A123456@h")]
    public void Parse_AnythingElse_IsNone(string uri) => FeatureCode.Parse(SipUri.Parse(uri)).Should().BeNull();
}
