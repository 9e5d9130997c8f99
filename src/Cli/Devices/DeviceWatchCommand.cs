using System.CommandLine;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices watch</c></summary>
internal static class DeviceWatchCommand
{
    public static Command Create()
    {
        var watch = new Command("watch", "Shows every phone, and then each change of one, until Ctrl-C");
        watch.SetGatewayAction(async (_, session) =>
        {
            // No deadline: it ends with whoever looks on.
            var call = new CallOptions(session.Call.Headers, cancellationToken: session.Cancellation);
            using var stream = DevicesCommand.Client(session).WatchDevices(new WatchDevicesRequest { Parent = session.Tenant }, call);
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
