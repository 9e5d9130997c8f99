using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices resolve</c></summary>
internal static class DeviceAttentionCommand
{
    // Without the one that means nothing.
    private static readonly Device.Types.AttentionReason[] Reasons = [.. Enum.GetValues<Device.Types.AttentionReason>().Skip(1)];

    public static Command Create()
    {
        var mac = new Argument<string>("mac") { Description = "In any notation" };
        var reason = new Option<string[]>("--reason")
        {
            Description = $"Only this one; may be repeated: {string.Join(", ", Reasons.Select(known => Texts.Enum(known)))}",
        };
        var resolve = new Command("resolve", "Says that somebody has seen to what needed attention") { mac, reason };
        resolve.SetGatewayAction(async (parsed, session) =>
        {
            var request = new ResolveAttentionRequest { Name = session.NameOf("devices", parsed.GetRequiredValue(mac)) };
            request.Reasons.AddRange((parsed.GetValue(reason) ?? []).Select(ReasonOf));
            return DevicesCommand.Show(session, await DevicesCommand.Client(session).ResolveAttentionAsync(request, session.Call));
        });
        return resolve;
    }

    private static Device.Types.AttentionReason ReasonOf(string word)
    {
        var known = Reasons.Where(reason => Texts.Enum(reason).Equals(word, StringComparison.OrdinalIgnoreCase)).ToArray();
        return known.Length == 1 ? known[0] : throw new CommandFailure(ExitCodes.Usage, $"'{word}' is no reason; see sipgw devices resolve --help.");
    }
}
