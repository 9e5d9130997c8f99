using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Sip.Transactions;

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

public sealed class SdpTests
{
    private static readonly IPEndPoint Local = new(IPAddress.Parse("192.0.2.1"), 16384);

    [Fact]
    public void Answer_OfferWithVideoFirst_RefusesItInPlace()
    {
        var offer = Parse("v=0\r\nc=IN IP4 198.51.100.7\r\nm=video 4000 RTP/AVP 96\r\nm=audio 5000 RTP/AVP 18 97 0\r\na=rtpmap:97 PCMA/8000\r\na=sendonly\r\n")!;
        var (sdp, target) = SdpNegotiation.Answer(offer, Local)!.Value;
        sdp.Should().Contain("m=video 0 RTP/AVP 96\r\nm=audio 16384 RTP/AVP 97\r\na=rtpmap:97 PCMA/8000").And.Contain("a=recvonly").And.Contain("c=IN IP4 192.0.2.1");
        target.Should().Be(new RtpTarget(new IPEndPoint(IPAddress.Parse("198.51.100.7"), 5000), G711Law.ALaw, 97, false));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("phone.example")]
    public void Answer_AddressThatIsNoHost_IsNotSentTo(string address) =>
        SdpNegotiation.Answer(Parse($"v=0\r\nc=IN IP4 {address}\r\nm=audio 5000 RTP/AVP 0\r\n")!, Local)!.Value.Target.Target.Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("v=0\r\nm=audio\r\n")]
    [InlineData("v=0\r\nm=audio 70000 RTP/AVP 0\r\n")]
    [InlineData("v=0\r\nm=audio -1 RTP/AVP 0\r\n")]
    public void Parse_NoDescription_IsNull(string sdp) => Parse(sdp).Should().BeNull();

    [Theory]
    [InlineData("v=0\r\nm=audio 0 RTP/AVP 0\r\n")]
    [InlineData("v=0\r\n")]
    [InlineData("v=0\r\nm=audio 5000 UDP/TLS/RTP/SAVPF 0\r\n")]
    public void Answer_NothingToServe_IsNull(string sdp) => SdpNegotiation.Answer(Parse(sdp)!, Local).Should().BeNull();

    private static SdpDescription? Parse(string text) => SdpDescription.Parse(Encoding.UTF8.GetBytes(text));
}

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

public sealed class ConfirmationRulesTests
{
    private static readonly TransactionTimers Timers = TransactionTimers.Default;

    [Fact]
    public void On_EveryPhaseAndInput_FollowsTheTable()
    {
        var table = new Dictionary<(ConfirmationPhase, ConfirmationInput), string>
        {
            [(ConfirmationPhase.Answered, ConfirmationInput.Acknowledged)] = "Playing: Play",
            [(ConfirmationPhase.Answered, ConfirmationInput.AcknowledgedUnplayable)] = "Ended: SendBye, Forget",
            [(ConfirmationPhase.Answered, ConfirmationInput.ResendDue)] = "Answered: SendOk",
            [(ConfirmationPhase.Answered, ConfirmationInput.AckOverdue)] = "Ended: SendBye, Forget",
            [(ConfirmationPhase.Answered, ConfirmationInput.HungUp)] = "Ended: Forget",
            [(ConfirmationPhase.Playing, ConfirmationInput.Played)] = "Ended: SendBye, Forget",
            [(ConfirmationPhase.Playing, ConfirmationInput.HungUp)] = "Ended: StopPlaying, Forget",
        };
        foreach (var phase in Enum.GetValues<ConfirmationPhase>())
        {
            foreach (var input in Enum.GetValues<ConfirmationInput>())
            {
                var (state, effects) = ConfirmationRules.On(new ConfirmationState(phase, Timers.T1), input, Timers);
                $"{state.Phase}: {string.Join(", ", effects)}".Should().Be(table.GetValueOrDefault((phase, input), $"{phase}: "), $"{phase} meets {input}");
            }
        }
    }
}

public sealed class TimerWheelTests
{
    [Fact]
    public void Start_ManyDelays_FireOnceNeverEarlyAndAtMostATickLate()
    {
        var time = new FakeTimeProvider();
        using var wheel = new TimerWheel(time);
        var startedAt = time.GetTimestamp();
        var late = new List<TimeSpan>();
        var delays = Enumerable.Range(1, 500).Select(i => TimeSpan.FromMilliseconds(i * 137)).ToList();
        delays.ForEach(d => wheel.Start(d, () => late.Add(time.GetElapsedTime(startedAt) - d)));
        var stopped = wheel.Start(TimeSpan.FromSeconds(1), () => late.Add(TimeSpan.FromDays(1)));
        stopped.Stop();
        for (var i = 0; i < 1500; i++)
        {
            time.Advance(TimerWheel.Tick);
        }

        late.Should().HaveCount(500).And.OnlyContain(l => l >= TimeSpan.Zero && l <= 2 * TimerWheel.Tick);
    }
}

public sealed class AdmissionTests
{
    [Fact]
    public void Judge_OneSourceAboveItsRate_IsBusyThenDroppedAndRecovers()
    {
        var time = new FakeTimeProvider();
        var admission = new Admission(new EdgeSipLimits { RequestsPerSecondPerSource = 10, RequestBurstPerSource = 20 }, time);
        var source = IPAddress.Parse("192.0.2.1");
        var verdicts = Enumerable.Range(0, 100).Select(_ => admission.Judge(source)).ToList();
        verdicts.Count(v => v == AdmissionVerdict.Admitted).Should().BeInRange(20, 22);
        verdicts.Count(v => v == AdmissionVerdict.Busy).Should().BeInRange(19, 21);
        verdicts[^1].Should().Be(AdmissionVerdict.Dropped);
        time.Advance(TimeSpan.FromSeconds(4));
        admission.Judge(source).Should().Be(AdmissionVerdict.Admitted);
    }
}

public sealed class EdgeSipOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => EdgeSipOptionsValidator.Validate(new EdgeSipOptions()).Should().BeEmpty();

    [Fact]
    public void Validate_EverythingWrong_IsSaidAtOnce() => EdgeSipOptionsValidator.Validate(new EdgeSipOptions
    {
        EdgeId = "", Port = 70000, PublicHost = "", Domain = "a b", FirstRtpPort = 5, LastRtpPort = 4, UdpThreads = 0,
        Limits = new EdgeSipLimits { MaxTransactions = 0, GrainCallDeadline = TimeSpan.FromMinutes(1), ConfirmationDuration = TimeSpan.FromSeconds(9) },
    }).Should().HaveCount(9);
}

public sealed class RegisterReaderTests
{
    [Theory]
    [InlineData("sip:%61lice@Host.Example;b=2;a=1", "sip:alice@host.example;A=1;B=2")]
    [InlineData("SIP:alice@host:5060", "sip:alice@HOST:5060")]
    public void Canonical_EquivalentContacts_HaveOneSpelling(string one, string other) =>
        RegisterReader.Canonical(SipUri.Parse(one)).Should().Be(RegisterReader.Canonical(SipUri.Parse(other)));

    [Theory]
    [InlineData("sip:null-%00-null@h", "sip:null@h")]
    [InlineData("sip:Alice@h", "sip:alice@h")]
    [InlineData("sip:alice@h", "sip:alice@h:5060")]
    public void Canonical_DifferentContacts_HaveDifferentSpellings(string one, string other) =>
        RegisterReader.Canonical(SipUri.Parse(one)).Should().NotBe(RegisterReader.Canonical(SipUri.Parse(other)));
}
