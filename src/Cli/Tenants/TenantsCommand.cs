using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw tenants</c>: the tenant of <c>--tenant</c>, and what it does with phones that are unlisted or run too old a firmware.</summary>
internal static class TenantsCommand
{
    private static readonly Column<Tenant>[] Columns =
    [
        new("TENANT", t => t.TenantId),
        new("REGION", t => t.Settings.Region),
        new("COMPATIBILITY GATE", t => Texts.Enum(t.Settings.CompatibilityGate)),
        new("PERSONAL SIGN-IN", t => Texts.Enum(t.Settings.PersonalSignIn)),
        new("AUTHORITY", t => Texts.Enum(t.Settings.Authority)),
        new("CODE DIGITS", t => $"{t.Settings.CodeDigits}"),
    ];

    private static readonly Dictionary<string, TenantSettings.Types.CompatibilityGate> Gates = new(StringComparer.Ordinal)
    {
        ["allow"] = TenantSettings.Types.CompatibilityGate.Allow,
        ["warn"] = TenantSettings.Types.CompatibilityGate.Warn,
        ["refuse"] = TenantSettings.Types.CompatibilityGate.Refuse,
    };

    public static Command Create() => new("tenants", "The tenant of --tenant") { Get(), Set(), Gate() };

    private static Tenants.TenantsClient Client(GatewaySession session) => new(session.Invoker);

    private static Command Get()
    {
        var get = new Command("get", "Shows the tenant's settings");
        get.SetGatewayAction(async (_, session) =>
            Show(session, await Client(session).GetTenantAsync(new GetTenantRequest { Name = session.Tenant }, session.Call)));
        return get;
    }

    private static Command Gate()
    {
        var gate = new Argument<string>("gate")
        {
            Description = "allow: served like any other; warn: served, and the timeline says so; refuse: neither enrolled nor signed in",
        };
        gate.AcceptOnlyFromAmong([.. Gates.Keys]);
        var command = new Command("gate", "Sets what becomes of phones that are unlisted or run too old a firmware") { gate };
        command.SetGatewayAction(async (parsed, session) =>
        {
            var settings = new TenantSettings { CompatibilityGate = Gates[parsed.GetRequiredValue(gate)] };
            return Show(session, await Client(session).UpdateTenantAsync(
                new UpdateTenantRequest
                {
                    Tenant = new Tenant { Name = session.Tenant, Settings = settings },
                    UpdateMask = new FieldMask { Paths = { "settings.compatibility_gate" } },
                },
                session.Call));
        });
        return command;
    }

    private static int Show(GatewaySession session, Tenant tenant)
    {
        session.Writer.WriteOne(tenant, t => t.Name, Columns);
        return ExitCodes.Done;
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
