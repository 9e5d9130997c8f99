using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw whoami</c></summary>
internal static class WhoAmICommand
{
    public static Command Create()
    {
        var command = new Command("whoami", "Says who your key makes you, and what that may do here");
        command.SetGatewayAction(async (_, session) =>
        {
            var caller = await new Access.AccessClient(session.Invoker).GetCallerAsync(new GetCallerRequest { Tenant = session.Tenant }, session.Call);
            await session.Talk.WriteLineAsync($"{caller.Actor}: {string.Join(", ", caller.Grants.Select(Readable))}");
            session.Writer.Write(
                caller.Permissions,
                p => p.Call,
                new("CALL", p => p.Call),
                new("NEEDS", p => p.Role.ToString().ToLowerInvariant()),
                new("ALLOWED", p => p.Allowed ? "yes" : "no"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Readable(Caller.Types.Grant grant) =>
        $"{grant.Role.ToString().ToLowerInvariant()} of {(grant.Tenant.Length > 0 ? grant.Tenant : "the whole gateway")}";
}
