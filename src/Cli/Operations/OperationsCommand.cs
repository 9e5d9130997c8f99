using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw operations</c></summary>
internal static class OperationsCommand
{
    public static Command Create()
    {
        var command = new Command("operations", "What goes on after a command's reply") { List() };
        command.Add(OnOne("get", "Shows one operation", async (session, name) =>
            await OperationEnd.ShowAsync(session,
                await Client(session).GetOperationAsync(new GetOperationRequest { Name = name }, session.Call), wait: false)));
        command.Add(OnOne("wait", "Waits until it ended, at most --timeout", async (session, name) =>
            await OperationEnd.ShowAsync(session,
                await Client(session).GetOperationAsync(new GetOperationRequest { Name = name }, session.Call), wait: true)));
        command.Add(OnOne("cancel", "Gives it up", async (session, name) =>
        {
            var operation = await Client(session).CancelOperationAsync(new CancelOperationRequest { Name = name }, session.Call);
            OperationEnd.Write(session, [operation]);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command List()
    {
        var list = new Command("list", "Lists operations, newest first");
        list.SetGatewayAction(async (_, session) =>
        {
            OperationEnd.Write(session, await Pages.AllAsync(async token =>
            {
                var page = await Client(session).ListOperationsAsync(
                    new ListOperationsRequest { Parent = session.Tenant, PageSize = Pages.Size, PageToken = token, View = OperationView.Basic },
                    session.Call);
                return (page.Operations.AsEnumerable(), page.NextPageToken);
            }));
            return ExitCodes.Done;
        });
        return list;
    }

    private static Command OnOne(string name, string description, Func<GatewaySession, string, Task<int>> run)
    {
        var id = new Argument<string>("operation") { Description = "Its id or name" };
        var command = new Command(name, description) { id };
        command.SetGatewayAction((parsed, session) => run(session, session.NameOf("operations", parsed.GetRequiredValue(id))));
        return command;
    }

    private static Operations.OperationsClient Client(GatewaySession session) => new(session.Invoker);
}
