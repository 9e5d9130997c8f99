using System.CommandLine;
using System.Globalization;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices tag</c> and <c>tags</c></summary>
internal static class DeviceTagCommands
{
    public static Command Tag()
    {
        var macs = new Argument<string[]>("mac") { Description = "In any notation; may be several", Arity = ArgumentArity.OneOrMore };
        var add = new Option<string[]>("--add") { Description = "A tag that it gets; may be repeated" };
        var remove = new Option<string[]>("--remove") { Description = "A tag that it loses; may be repeated" };
        var tag = new Command("tag", "Puts tags on phones and takes tags off them") { macs, add, remove };
        tag.SetGatewayAction(async (parsed, session) =>
        {
            var (added, removed) = (parsed.GetValue(add) ?? [], parsed.GetValue(remove) ?? []);
            if (added.Length + removed.Length == 0) throw new CommandFailure(ExitCodes.Usage, "No tag was given; see sipgw devices tag --help.");
            var changed = new List<Device>();
            foreach (var mac in parsed.GetRequiredValue(macs))
            {
                var request = new ModifyDeviceTagsRequest { Name = session.NameOf("devices", mac), AddTags = { added }, RemoveTags = { removed } };
                changed.Add(await DevicesCommand.Client(session).ModifyDeviceTagsAsync(request, session.Call));
            }

            session.Writer.Write(changed, d => d.Name, DevicesCommand.Columns);
            return ExitCodes.Done;
        });
        return tag;
    }

    public static Command Tags()
    {
        var tags = new Command("tags", "The tags there are, and how many phones have each");
        tags.SetGatewayAction(async (_, session) =>
        {
            var answer = await DevicesCommand.Client(session).ListDeviceTagsAsync(new ListDeviceTagsRequest { Parent = session.Tenant }, session.Call);
            session.Writer.Write(
                answer.DeviceTags, t => t.Tag, new("TAG", t => t.Tag), new("PHONES", t => t.DeviceCount.ToString(CultureInfo.InvariantCulture)));
            return ExitCodes.Done;
        });
        return tags;
    }
}
