using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices update</c> and <c>config</c></summary>
internal static class DevicePolicyCommands
{
    public static Command Update(Column<Device>[] columns)
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var location = new Option<string?>("--location") { Description = "Where the phone is" };
        var site = new Option<string?>("--site") { Description = "The site whose policy applies; \"\" for none" };
        var policy = new Option<string?>("--policy") { Description = "The policy of this very phone; \"\" for none" };
        var update = new Command("update", "Changes location, site or policy") { mac, location, site, policy };
        update.SetGatewayAction(async (parsed, session) =>
        {
            var device = new Device { Name = session.NameOf("devices", parsed.GetRequiredValue(mac)) };
            var mask = new FieldMask();
            Take("location", parsed.GetValue(location), value => device.Location = value);
            Take("site", parsed.GetValue(site), value => device.Site = value);
            Take("policy", parsed.GetValue(policy), value => device.Policy = value);
            if (mask.Paths.Count == 0) throw new CommandFailure(ExitCodes.Usage, "Nothing to change was given; see sipgw devices update --help.");
            var request = new UpdateDeviceRequest { Device = device, UpdateMask = mask };
            session.Writer.WriteOne(await DevicesCommand.Client(session).UpdateDeviceAsync(request, session.Call), d => d.Name, columns);
            return ExitCodes.Done;

            void Take(string path, string? value, Action<string> take)
            {
                if (value is null) return;
                mask.Paths.Add(path);
                take(value);
            }
        });
        return update;
    }

    public static Command Config() => DevicesCommand.OnOne("config", "What it is told, and by which layer of policy", async (session, name) =>
    {
        var request = new GetEffectiveConfigRequest { Name = name + "/effectiveConfig" };
        var config = await DevicesCommand.Client(session).GetEffectiveConfigAsync(request, session.Call);
        session.Writer.Write(
            config.Values,
            v => v.Key,
            new("VALUE", v => v.Key),
            new("IS", v => v.Value_),
            new("LAYER", v => v.Layer.ToLowerInvariant()),
            new("POLICY", v => v.Policy));
        return ExitCodes.Done;
    });
}
