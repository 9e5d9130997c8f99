using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw tenants</c></summary>
internal static class TenantsCommand
{
    private static readonly Column<Tenant>[] Columns =
    [
        new("TENANT", t => t.TenantId), new("REGION", t => t.Settings.Region), new("GATE", t => t.Settings.CompatibilityGate.ToString().ToUpperInvariant()),
    ];

    public static Command Create() => new("tenants", "What a tenant chose") { Get(), Set() };

    private static Tenants.TenantsClient Client(GatewaySession session) => new(session.Invoker);

    private static int Show(GatewaySession session, Tenant tenant)
    {
        session.Writer.WriteOne(tenant, t => t.Name, Columns);
        return ExitCodes.Done;
    }

    private static Command Get()
    {
        var get = new Command("get", "Shows the tenant that --tenant names");
        get.SetGatewayAction(async (_, session) =>
            Show(session, await Client(session).GetTenantAsync(new GetTenantRequest { Name = session.Tenant }, session.Call)));
        return get;
    }

    private static Command Set()
    {
        var region = new Option<string>("--region") { Description = "Whose edges its phones are sent to; empty takes it away", Required = true };
        var set = new Command("set", "Changes what is given; phones follow within the hour") { region };
        set.SetGatewayAction(async (parsed, session) =>
        {
            var request = new UpdateTenantRequest
            {
                Tenant = new Tenant { Name = session.Tenant, Settings = new TenantSettings { Region = parsed.GetRequiredValue(region) } },
                UpdateMask = FieldMask.FromString("settings.region"),
            };
            return Show(session, await Client(session).UpdateTenantAsync(request, session.Call));
        });
        return set;
    }
}
