using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw sites</c></summary>
internal static class SitesCommand
{
    private static readonly Column<Site>[] Columns = [new("SITE", s => s.SiteId), new("NAME", s => s.DisplayName),
        new("POLICY", s => s.Policy)];

    public static Command Create() => new("sites", "Places, and the policy of their phones")
    {
        List(),
        OnOne("get", "Shows one site", async (session, name) =>
            Show(session, await Client(session).GetSiteAsync(new GetSiteRequest { Name = name }, session.Call))),
        Set(),
        OnOne("delete", "Deletes a site", async (session, name) =>
        {
            await Client(session).DeleteSiteAsync(new DeleteSiteRequest { Name = name }, session.Call);
            return ExitCodes.Done;
        }),
    };

    private static Sites.SitesClient Client(GatewaySession session) => new(session.Invoker);

    private static int Show(GatewaySession session, Site site)
    {
        session.Writer.WriteOne(site, s => s.Name, Columns);
        return ExitCodes.Done;
    }

    private static Command OnOne(string name, string description, Func<GatewaySession, string, Task<int>> run)
    {
        var id = new Argument<string>("site") { Description = "The site's id" };
        var command = new Command(name, description) { id };
        command.SetGatewayAction((parsed, session) => run(session, session.NameOf("sites", parsed.GetRequiredValue(id))));
        return command;
    }

    private static Command List()
    {
        var list = new Command("list", "Lists sites");
        list.SetGatewayAction(async (_, session) =>
        {
            session.Writer.Write(
                await Pages.AllAsync(async token =>
                {
                    var page = await Client(session).ListSitesAsync(
                        new ListSitesRequest { Parent = session.Tenant, PageSize = Pages.Size, PageToken = token }, session.Call);
                    return (page.Sites.AsEnumerable(), page.NextPageToken);
                }),
                s => s.Name,
                Columns);
            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Set()
    {
        var id = new Argument<string>("site") { Description = "The site's id; made when it is not there" };
        var display = new Option<string?>("--name") { Description = "For people" };
        var policy = new Option<string?>("--policy") { Description = "A policy's id; empty takes it away" };
        var set = new Command("set", "Makes a site, or changes what is given") { id, display, policy };
        set.SetGatewayAction(async (parsed, session) =>
        {
            var mask = new FieldMask();
            mask.Paths.AddRange(new[] { parsed.GetValue(display) is null ? null : "display_name", parsed.GetValue(policy) is null ? null
                : "policy" }.OfType<string>());
            var site = new Site
            {
                Name = session.NameOf("sites", parsed.GetRequiredValue(id)),
                DisplayName = parsed.GetValue(display) ?? "",
                Policy = parsed.GetValue(policy) ?? "",
            };
            return Show(session,
                await Client(session).UpdateSiteAsync(new UpdateSiteRequest { Site = site, UpdateMask = mask, AllowMissing = true },
                    session.Call));
        });
        return set;
    }
}
