using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary>Shows an operation, waits for it when asked to, and turns its end into an exit code.</summary>
internal static class OperationEnd
{
    private static readonly Column<Operation>[] Columns =
    [
        new("OPERATION", o => Texts.Id(o.Name)),
        new("KIND", o => o.Metadata.Kind),
        new("TARGET", o => Texts.Id(o.Metadata.Target)),
        new("STATUS", o => o.Metadata.Status),
        new("STARTED", o => Texts.Time(o.Metadata.CreateTime)),
        new("MESSAGE", o => o.Metadata.Message),
    ];

    public static void Write(GatewaySession session, IReadOnlyCollection<Operation> operations) =>
        session.Writer.Write(operations, o => o.Name, Columns);

    public static async Task<int> ShowAsync(GatewaySession session, Operation operation, bool wait)
    {
        if (wait && !operation.Done)
        {
            operation = await WaitAsync(session, operation.Name);
        }

        session.Writer.WriteOne(operation, o => o.Name, Columns);
        if (wait && !operation.Done)
        {
            await session.Talk.WriteLineAsync(
                $"sipgw: still running; it goes on. Wait longer with: sipgw operations wait {Texts.Id(operation.Name)}");
            return ExitCodes.TimeIsUp;
        }

        if (!operation.Done && operation.Name.Length > 0)
        {
            await session.Talk.WriteLineAsync($"Follow it with: sipgw operations wait {Texts.Id(operation.Name)}");
        }

        return await CodeOfAsync(session, operation);
    }

    private static async Task<Operation> WaitAsync(GatewaySession session, string name)
    {
        var client = new Operations.OperationsClient(session.Invoker);
        var end = session.Timeout - TimeSpan.FromSeconds(Math.Min(1, session.Timeout.TotalSeconds / 4));
        return await client.WaitOperationAsync(new WaitOperationRequest { Name = name, Timeout = Duration.FromTimeSpan(end) },
            session.Call);
    }

    private static async Task<int> CodeOfAsync(GatewaySession session, Operation operation)
    {
        var failed = operation.Response?.Results.Where(r => r.Status == "FAILED").ToList() ?? [];
        foreach (var result in failed)
        {
            await session.Talk.WriteLineAsync($"row {result.Row}: {result.Item}: {result.Message}");
        }

        if (operation.Error is { } error)
        {
            await session.Talk.WriteLineAsync($"sipgw: {operation.Metadata.Status}: {error.Message}");
            return ExitCodes.Error;
        }

        return failed.Count > 0 ? ExitCodes.NotFoundOrPartial : ExitCodes.Done;
    }
}
