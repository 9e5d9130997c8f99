using SipGateway.Edge;
using SipGateway.Hosting;

// 1. What is asked for.
if (EdgeArguments.TryRead(args, Console.Out, Console.Error, out var arguments) is { } exitCode)
{
    return exitCode;
}

var (options, errors) = new EdgeHostOptionsReader(arguments).Read();
if (options is null)
{
    return HostProcess.Refuse(errors);
}

// 2. One edge of a cluster, until SIGTERM or Ctrl-C.
return await HostProcess.RunAsync(() => EdgeHost.StartAsync(options));
