using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw audit</c></summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var limit = new Option<int>("--limit") { Description = "How many, newest first", DefaultValueFactory = _ => 100 };
        var filter = new Option<string>("--filter")
        {
            Description = "Such as: actor = \"admin-key:1\" AND action : \"device.\" AND create_time > 2026-01-31T12:00:00Z",
            DefaultValueFactory = _ => "",
        };
        var list = new Command("list", "Lists what was done, newest first") { limit, filter };
        list.SetGatewayAction(async (parsed, session) =>
        {
            var page = await new Admin.V1.Audit.AuditClient(session.Invoker).ListAuditEventsAsync(
                new ListAuditEventsRequest { Parent = session.Tenant, PageSize = parsed.GetValue(limit), Filter = parsed.GetRequiredValue(filter) },
                session.Call);
            session.Writer.Write(
                page.AuditEvents,
                e => e.Hash,
                new("NO", e => e.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new("TIME", e => Texts.Time(e.CreateTime)),
                new("ACTOR", e => e.Actor),
                new("ACTION", e => e.Action),
                new("TARGET", e => e.Target),
                new("OUTCOME", e => e.Outcome),
                new("DETAIL", e => e.Detail));
            return ExitCodes.Done;
        });
        return new Command("audit", "Who did what") { list };
    }
}
