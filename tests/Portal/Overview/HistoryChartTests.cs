using Google.Protobuf.WellKnownTypes;
using Sample = SipGateway.Admin.V1.ListFleetSamplesResponse.Types.FleetSample;

namespace SipGateway.Portal.Tests.Overview;

public sealed class HistoryChartTests
{
    private static readonly DateTimeOffset From = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    [Fact]
    public void Line_IsScaledToTheLargestFleet_AndBrokenWhereNobodyCounted()
    {
        var chart = Chart(Of(0, devices: 10, online: 5), Of(10, devices: 20, online: 20), Of(60, devices: 20, online: 0));

        chart.Line(s => s.OnlineCount).Should().Be("M0 121L100 4M600 160h0");
        chart.Area(s => s.OnlineCount).Should().Be("M0 121L100 4L100 160L0 160ZM600 160h0L600 160L600 160Z");
    }

    [Fact]
    public void Bars_AreOfThoseThatHaveAny_AndStayInTheBox()
    {
        var chart = Chart(Of(0, failed: 4), Of(10), Of(20, failed: 1), Of(60, failed: 2));

        chart.Bars(s => s.FailedSignInCount).Should().Equal(("0", "112", "70", "48"), ("165", "148", "70", "12"), ("530", "136", "70", "24"));
    }

    [Fact]
    public void Nothing_Counted_DrawsNothing()
    {
        Chart().Line(s => s.DeviceCount).Should().BeEmpty();
        Chart().Bars(s => s.FailedSignInCount).Should().BeEmpty();
        Chart(Of(0)).Line(s => s.DeviceCount).Should().Be("M0 160h2", "no phone at all is a line on the ground");
    }

    private static HistoryChart Chart(params Sample[] samples) => new(samples, From, From.AddHours(1), Step);

    private static Sample Of(int minute, long devices = 0, long online = 0, long failed = 0) => new()
    {
        SampleTime = Timestamp.FromDateTimeOffset(From.AddMinutes(minute)), DeviceCount = devices, OnlineCount = online, FailedSignInCount = failed,
    };
}
