using System.CommandLine;

namespace SipGateway.Cli;

/// <summary>The command line <c>sipgw</c>: a client of the admin API, and the care of data on the machine that has it.</summary>
public static class SipgwCommand
{
    /// <summary>All commands; another one can be added to what is returned.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Steers a running SIP gateway: phones, users, policies. The key is read from a file or the environment, never from an option.");
        GatewayOptions.AddTo(root);
        root.Add(DemoCommand.Create());
        root.Add(DevicesCommand.Create());
        root.Add(UsersCommand.Create());
        root.Add(PoliciesCommand.Create());
        root.Add(SitesCommand.Create());
        root.Add(TenantsCommand.Create());
        root.Add(OperationsCommand.Create());
        root.Add(AuditCommand.Create());
        root.Add(ClusterCommand.CreateEdges());
        root.Add(ClusterCommand.CreateSilos());
        root.Add(DhcpCommand.Create());
        root.Add(BackupCommand.CreateBackup());
        root.Add(BackupCommand.CreateRestore());
        root.Add(MigrateCommand.Create());
        return root;
    }

    /// <summary>Runs a command line. Data goes to <paramref name="output"/>, talk to <paramref name="error"/>.</summary>
    /// <returns>0 done, 1 error, 2 usage, 3 not found or done in part, 4 no valid key, 124 time is up.</returns>
    public static async Task<int> RunAsync(RootCommand root, string[] args, TextWriter output, TextWriter error)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // The library's own action tells the errors, what was perhaps meant, and the usage.
            await parsed.InvokeAsync(new InvocationConfiguration { Output = error, Error = error });
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }
}
