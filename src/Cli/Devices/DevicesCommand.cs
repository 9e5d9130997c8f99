using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices</c></summary>
internal static class DevicesCommand
{
    internal static readonly Column<Device>[] Columns =
    [
        new("MAC", d => d.Mac),
        new("STATE", d => Texts.Enum(d.State)),
        new("CONNECTION", d => Texts.Enum(d.Connection)),
        new("USER", d => d.User),
        new("MODEL", d => $"{d.Vendor} {d.Model}".Trim()),
        new("LOCATION", d => d.Location),
        new("LAST SEEN", d => Texts.Time(d.LastSeenTime)),
        new("TAGS", d => string.Join(", ", d.Tags)),
        new("ATTENTION", d => string.Join(' ', d.Attention.Select(reason => Texts.Enum(reason)))),
    ];

    // A list is made of rows, which do not say it.
    private static readonly Column<Device>[] ColumnsOfOne =
    [
        .. Columns,
        new("FIRMWARE", d => d.Firmware),
        new("COMPATIBILITY", d => Texts.Enum(d.Compatibility)),
    ];

    public static Command Create() => new("devices", "The phones of a tenant")
    {
        List(),
        OnOne("get", "Shows one phone", async (session, name) =>
            Show(session, await Client(session).GetDeviceAsync(new GetDeviceRequest { Name = name }, session.Call))),
        Claim(),
        Import(),
        DeviceCodeCommands.Code(),
        DeviceCodeCommands.SignIn(),
        Assign(),
        Operation("restart", "Restarts it", async (s, name) =>
            await Client(s).RestartDeviceAsync(new RestartDeviceRequest { Name = name }, s.Call)),
        Operation("resync", "Has it fetch its configuration now", async (s, name) =>
            await Client(s).ResyncDeviceAsync(new ResyncDeviceRequest { Name = name }, s.Call)),
        Operation("sign-out", "Takes the user off it", async (s, name) =>
            await Client(s).SignOutDeviceAsync(new SignOutDeviceRequest { Name = name }, s.Call)),
        DeviceAttentionCommand.Create(),
        DeviceTagCommands.Tag(),
        DeviceTagCommands.Tags(),
        Operation("delete", "Forgets it for this tenant", async (s, name) =>
            await Client(s).DeleteDeviceAsync(new DeleteDeviceRequest { Name = name }, s.Call)),
        OnOne("events", "Its timeline, newest first", EventsAsync),
        OnOne("explain", "Where it is stuck and what to do", ExplainAsync),
        DevicePolicyCommands.Update(Columns),
        DevicePolicyCommands.Config(),
        DeviceFileCommands.Files(),
        DeviceWatchCommand.Create(),
        DeviceSummaryCommand.Create(),
        DeviceHistoryCommand.Create(),
    };

    public static Devices.DevicesClient Client(GatewaySession session) => new(session.Invoker);

    public static Command OnOne(string name, string description, Func<GatewaySession, string, Task<int>> run)
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var command = new Command(name, description) { mac };
        command.SetGatewayAction((parsed, session) => run(session, session.NameOf("devices", parsed.GetRequiredValue(mac))));
        return command;
    }

    public static int Show(GatewaySession session, Device device)
    {
        session.Writer.WriteOne(device, d => d.Name, ColumnsOfOne);
        return ExitCodes.Done;
    }

    private static Command List()
    {
        var filter = new Option<string>(
            "--filter") { Description = "Such as: state = \"SIGNED_IN\" AND location:\"Floor 1\"; "
                + "tags:lobby; attention:* for those that need a person; or the start of a MAC, user or location", DefaultValueFactory = _ => "" };
        var order = new Option<string>("--order-by") { Description = "Such as: last_seen_time desc", DefaultValueFactory = _ => "" };
        var list = new Command("list", "Lists phones") { filter, order };
        list.SetGatewayAction(async (parsed, session) =>
        {
            var devices = await Pages.AllAsync(async token =>
            {
                var page = await Client(session).ListDevicesAsync(
                    new ListDevicesRequest
                    {
                        Parent = session.Tenant,
                        Filter = parsed.GetRequiredValue(filter),
                        OrderBy = parsed.GetRequiredValue(order),
                        PageSize = Pages.Size,
                        PageToken = token,
                    },
                    session.Call);
                return (page.Devices.AsEnumerable(), page.NextPageToken);
            });
            session.Writer.Write(devices, d => d.Name, Columns);
            if (devices.Count == 0)
            {
                await session.Talk.WriteLineAsync("No phones. Claim one with: sipgw devices claim MAC");
            }

            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Claim()
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var location = new Option<string>("--location") { Description = "Where the phone is", DefaultValueFactory = _ => "" };
        var site = new Option<string>("--site") { Description = "The site whose policy applies", DefaultValueFactory = _ => "" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would happen" };
        var claim = new Command("claim", "Says that a phone is to be the tenant's") { mac, location, site, dryRun };
        claim.SetGatewayAction(async (parsed, session) =>
        {
            var device = new Device { Mac = parsed.GetRequiredValue(mac), Location = parsed.GetRequiredValue(location),
                Site = parsed.GetRequiredValue(site) };
            var request = new ClaimDeviceRequest { Parent = session.Tenant, Device = device, ValidateOnly = parsed.GetValue(dryRun) };
            var claimed = await Client(session).ClaimDeviceAsync(request, session.Call);
            await session.Talk.WriteLineAsync($"Next: sipgw devices code {claimed.Mac}");
            return Show(session, claimed);
        });
        return claim;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "A CSV table with the columns 'MAC id,Location'" };
        var wait = new Option<bool>("--wait") { Description = "Wait for the end" };
        var import = new Command("import", "Claims many; a wrong row is refused, the others go through") { file, wait };
        import.SetGatewayAction(async (parsed, session) =>
        {
            var csv = await File.ReadAllTextAsync(parsed.GetRequiredValue(file).FullName, session.Cancellation);
            var operation = await Client(session).ImportDevicesAsync(new ImportDevicesRequest { Parent = session.Tenant, Csv = csv },
                session.Call);
            return await OperationEnd.ShowAsync(session, operation, parsed.GetValue(wait));
        });
        return import;
    }

    private static Command Assign()
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var user = new Argument<string>("user") { Description = "The user's id" };
        var assign = new Command("assign", "Puts a user on a phone whose credential is proved") { mac, user };
        assign.SetGatewayAction(async (parsed, session) => Show(session, await Client(session).AssignUserAsync(
            new AssignUserRequest { Name = session.NameOf("devices", parsed.GetRequiredValue(mac)),
                User = parsed.GetRequiredValue(user) }, session.Call)));
        return assign;
    }

    private static Command Operation(string name, string description, Func<GatewaySession, string, Task<Operation>> start)
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var wait = new Option<bool>("--wait") { Description = "Wait for the end" };
        var command = new Command(name, description) { mac, wait };
        command.SetGatewayAction(async (parsed, session) =>
            await OperationEnd.ShowAsync(session, await start(session, session.NameOf("devices", parsed.GetRequiredValue(mac))),
                parsed.GetValue(wait)));
        return command;
    }

    private static async Task<int> EventsAsync(GatewaySession session, string name)
    {
        var events = await Pages.AllAsync(async token =>
        {
            var page = await Client(session).ListDeviceEventsAsync(
                new ListDeviceEventsRequest { Parent = name, PageSize = Pages.Size, PageToken = token }, session.Call);
            return (page.Events.AsEnumerable(), page.NextPageToken);
        });
        session.Writer.Write(
            events, e => e.Kind, new("TIME", e => Texts.Time(e.CreateTime)), new("KIND", e => e.Kind), new("SOURCE", e => e.Source),
                new("MESSAGE", e => e.Message));
        return ExitCodes.Done;
    }

    private static async Task<int> ExplainAsync(GatewaySession session, string name)
    {
        var explained = await Client(session).ExplainDeviceAsync(new ExplainDeviceRequest { Name = name }, session.Call);
        session.Writer.Write(
            explained.Findings, f => f.Stage, new("STAGE", f => f.Stage), new("STATUS", f => f.Status), new("WHAT", f => f.Message),
                new("NEXT", f => f.NextStep));
        return ExitCodes.Done;
    }
}
