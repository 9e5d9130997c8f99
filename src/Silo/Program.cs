using SipGateway.Hosting;
using SipGateway.Silo;

// 1. What is asked for.
if (SiloArguments.TryRead(args, Console.Out, Console.Error, out var arguments) is { } exitCode)
{
    return exitCode;
}

var (options, errors) = new SiloHostOptionsReader(arguments).Read();
if (options is null)
{
    return HostProcess.Refuse(errors);
}

// 2. One silo of a cluster, until SIGTERM or Ctrl-C.
return await HostProcess.RunAsync(() => SiloHost.StartAsync(options));
