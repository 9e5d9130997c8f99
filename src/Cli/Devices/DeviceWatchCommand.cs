using System.CommandLine;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices watch</c></summary>
internal static class DeviceWatchCommand
{
    public static Command Create()
    {
        var changes = new Option<bool>("--changes") { Description = "Only what changes from now on, not every phone first" };
        var watch = new Command("watch", "Shows every phone, and then each change of one, until Ctrl-C") { changes };
        watch.SetGatewayAction(async (parsed, session) =>
        {
            // No deadline: it ends with whoever looks on.
            var call = new CallOptions(session.Call.Headers, cancellationToken: session.Cancellation);
            var request = new WatchDevicesRequest { Parent = session.Tenant, ChangesOnly = parsed.GetValue(changes) };
            using var stream = DevicesCommand.Client(session).WatchDevices(request, call);
            await foreach (var news in stream.ResponseStream.ReadAllAsync(session.Cancellation))
            {
                if (news.Device is { } device)
                {
                    var state = $"{Texts.Enum(device.State)}  {Texts.Enum(device.Connection)}";
                    await session.Output.WriteLineAsync($"{device.Mac}  {state}  {device.User}  {device.Location}");
                }
                else if (news.Removed.Length > 0) await session.Output.WriteLineAsync($"{news.Removed[(news.Removed.LastIndexOf('/') + 1)..]}  REMOVED");
            }

            return ExitCodes.Done;
        });
        return watch;
    }
}
