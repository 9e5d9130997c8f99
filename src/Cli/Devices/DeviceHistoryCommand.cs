using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices history</c></summary>
internal static class DeviceHistoryCommand
{
    public static Command Create()
    {
        var hours = new Option<int>("--hours") { Description = "How far back; the gateway keeps 30 days", DefaultValueFactory = _ => 24 };
        var minutes = new Option<int>("--step-minutes") { Description = "How far apart two rows are; at least 10", DefaultValueFactory = _ => 60 };
        var history = new Command("history", "How many phones there were, were online and signed in, and sign-ins that failed") { hours, minutes };
        history.SetGatewayAction(async (parsed, session) =>
        {
            var request = new ListFleetSamplesRequest
            {
                Parent = session.Tenant,
                StartTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(-parsed.GetValue(hours))),
                Step = Duration.FromTimeSpan(TimeSpan.FromMinutes(parsed.GetValue(minutes))),
            };
            var answer = await DevicesCommand.Client(session).ListFleetSamplesAsync(request, session.Call);
            session.Writer.Write(
                answer.FleetSamples, s => Texts.Time(s.SampleTime), new("TIME", s => Texts.Time(s.SampleTime)), new("PHONES", s => Told(s.DeviceCount)),
                new("ONLINE", s => Told(s.OnlineCount)), new("SIGNED IN", s => Told(s.SignedInCount)), new("ATTENTION", s => Told(s.AttentionCount)),
                new("SIGN-INS", s => Told(s.SignInCount)), new("FAILED", s => Told(s.FailedSignInCount)));
            return ExitCodes.Done;
        });
        return history;
    }

    private static string Told(long count) => count.ToString(CultureInfo.InvariantCulture);
}
