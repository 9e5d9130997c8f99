using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices files</c></summary>
internal static class DeviceFileCommands
{
    public static Command Files()
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var file = new Option<string?>("--show") { Description = "Write this one to standard output" };
        var command = new Command("files", "What it sent: logs, directories, reports") { mac, file };
        command.SetGatewayAction(async (parsed, session) =>
        {
            var name = session.NameOf("devices", parsed.GetRequiredValue(mac));
            if (parsed.GetValue(file) is { } wanted)
            {
                var found = await DevicesCommand.Client(session).GetDeviceFileAsync(new GetDeviceFileRequest { Name = $"{name}/files/{wanted}" }, session.Call);
                await Console.OpenStandardOutput().WriteAsync(found.Content.Memory, session.Cancellation);
                return ExitCodes.Done;
            }

            var files = await DevicesCommand.Client(session).ListDeviceFilesAsync(new ListDeviceFilesRequest { Parent = name }, session.Call);
            session.Writer.Write(
                files.Files,
                f => f.Name,
                new("FILE", f => f.Name[(f.Name.LastIndexOf('/') + 1)..]),
                new("BYTES", f => $"{f.SizeBytes}"),
                new("SENT", f => Texts.Time(f.CreateTime)));
            return ExitCodes.Done;
        });
        return command;
    }
}
