using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw policies</c></summary>
internal static class PoliciesCommand
{
    private static readonly Column<Policy>[] Columns =
    [
        new("POLICY", p => p.PolicyId),
        new("NAME", p => p.DisplayName),
        new("SIP DEVICES", p => p.HasAllowSipDevices ? p.AllowSipDevices ? "yes" : "no" : "-"),
        new("LANGUAGE", p => p.HasLanguage ? p.Language : "-"),
        new("TIME ZONE", p => p.HasTimeZone ? p.TimeZone : "-"),
        new("MODELS", p => string.Join(' ', p.Models)),
        new("FIRMWARE", p => p.HasFirmwareChannel ? p.FirmwareChannel : "-"),
        new("TONES", p => p.HasToneCountry ? p.ToneCountry : "-"),
        new("SETTINGS", p => string.Join(' ', p.Settings.Select(s => $"{s.Key}={s.Value}"))),
    ];

    public static Command Create() => new("policies", "What phones are told; 'default' is the tenant's own layer")
    {
        List(),
        OnOne("get", "Shows one policy", async (session, name) =>
            Show(session, await Client(session).GetPolicyAsync(new GetPolicyRequest { Name = name }, session.Call))),
        Set(),
        PolicyHistoryCommands.Revisions(),
        PolicyHistoryCommands.Rollback(Columns),
        OnOne("delete", "Deletes a policy that no site uses", async (session, name) =>
        {
            await Client(session).DeletePolicyAsync(new DeletePolicyRequest { Name = name }, session.Call);
            return ExitCodes.Done;
        }),
    };

    public static Policies.PoliciesClient Client(GatewaySession session) => new(session.Invoker);

    private static int Show(GatewaySession session, Policy policy)
    {
        session.Writer.WriteOne(policy, p => p.Name, Columns);
        return ExitCodes.Done;
    }

    private static Command OnOne(string name, string description, Func<GatewaySession, string, Task<int>> run)
    {
        var id = new Argument<string>("policy") { Description = "The policy's id" };
        var command = new Command(name, description) { id };
        command.SetGatewayAction((parsed, session) => run(session, session.NameOf("policies", parsed.GetRequiredValue(id))));
        return command;
    }

    private static Command List()
    {
        var list = new Command("list", "Lists policies");
        list.SetGatewayAction(async (_, session) =>
        {
            session.Writer.Write(
                await Pages.AllAsync(async token =>
                {
                    var page = await Client(session).ListPoliciesAsync(
                        new ListPoliciesRequest { Parent = session.Tenant, PageSize = Pages.Size, PageToken = token }, session.Call);
                    return (page.Policies.AsEnumerable(), page.NextPageToken);
                }),
                p => p.Name,
                Columns);
            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Set()
    {
        var id = new Argument<string>("policy") { Description = "The policy's id; made when it is not there" };
        var allow = new Option<bool?>("--allow-sip-devices") { Description = "Whether users may sign in on SIP phones" };
        var language = new Option<string?>("--language") { Description = "Two letters, such as de" };
        var zone = new Option<string?>("--time-zone") { Description = "Such as Europe/Berlin" };
        var ntp = new Option<string?>("--ntp-server") { Description = "Host name or address" };
        var channel = new Option<string?>("--firmware-channel") { Description = "Which of the edges' firmware phones take, such as stable" };
        var tones = new Option<string?>("--tone-country") { Description = "The country whose dial and busy tones phones play, such as DE" };
        var settings = new Option<string[]>("--setting") { Description = "KEY=VALUE by the vendor's own key; replaces all settings",
            DefaultValueFactory = _ => [] };
        var models = new Option<string[]>("--model") { Description = "VENDOR/MODEL or VENDOR/* whose phones it is for; replaces all models",
            DefaultValueFactory = _ => [] };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would change, and for how many phones" };
        var set = new Command("set", "Makes a policy, or changes what is given")
        {
            id, allow, language, zone, ntp, channel, tones, settings, models, dryRun,
        };
        set.SetGatewayAction(async (parsed, session) =>
        {
            var policy = new Policy { Name = session.NameOf("policies", parsed.GetRequiredValue(id)) };
            var mask = new FieldMask();
            Take(parsed.GetValue(allow), "allow_sip_devices", mask, v => policy.AllowSipDevices = v!.Value);
            Take(parsed.GetValue(language), "language", mask, v => policy.Language = v);
            Take(parsed.GetValue(zone), "time_zone", mask, v => policy.TimeZone = v);
            Take(parsed.GetValue(ntp), "ntp_server", mask, v => policy.NtpServer = v);
            Take(parsed.GetValue(channel), "firmware_channel", mask, v => policy.FirmwareChannel = v);
            Take(parsed.GetValue(tones), "tone_country", mask, v => policy.ToneCountry = v);
            Take(parsed.GetRequiredValue(settings) is { Length: > 0 } given ? given : null, "settings", mask, v => AddSettings(policy, v!));
            Take(parsed.GetRequiredValue(models) is { Length: > 0 } named ? named : null, "models", mask, v => policy.Models.AddRange(v!));
            if (mask.Paths.Count == 0)
            {
                throw new CommandFailure(ExitCodes.Usage, "Nothing to set was given; see sipgw policies set --help.");
            }

            if (parsed.GetValue(dryRun)) return await PolicyHistoryCommands.PreviewAsync(session, policy, mask);
            return Show(session, await Client(session).UpdatePolicyAsync(
                new UpdatePolicyRequest { Policy = policy, UpdateMask = mask, AllowMissing = true }, session.Call));
        });
        return set;
    }

    private static void Take<T>(T value, string path, FieldMask mask, Action<T> take)
    {
        if (value is not null)
        {
            mask.Paths.Add(path);
            take(value);
        }
    }

    private static void AddSettings(Policy policy, string[] settings)
    {
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            policy.Settings[parts[0]] = parts.Length == 2 ? parts[1]
                : throw new CommandFailure(ExitCodes.Usage, $"'{setting}' is no KEY=VALUE.");
        }
    }
}
