using SipGateway.Hosting;
using SipGateway.LocalCluster;

// 1. What is asked for.
if (HostArguments.TryRead(
    "A SipGateway.Orleans cluster on this one machine: PostgreSQL, silos, edges and an admin API as processes of their own.",
    LocalOptions.Known, args, Console.Out, Console.Error, out var arguments) is { } exitCode)
{
    return exitCode;
}

var (options, errors) = new LocalOptionsReader(arguments).Read();
if (options is null)
{
    return HostProcess.Refuse(errors);
}

// 2. All of them, until SIGTERM or Ctrl-C.
return await HostProcess.RunAsync(() => LocalClusterHost.StartAsync(options));
