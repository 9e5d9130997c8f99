using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Edge.Tests.Sip;

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
