using SipGateway.AdminApi;
using SipGateway.Hosting;

// 1. What is asked for.
if (AdminArguments.TryRead(args, Console.Out, Console.Error, out var arguments) is { } exitCode)
{
    return exitCode;
}

var (options, errors) = new AdminHostOptionsReader(arguments).Read();
if (options is null)
{
    return HostProcess.Refuse(errors);
}

// 2. The admins' side of a cluster, until SIGTERM or Ctrl-C.
return await HostProcess.RunAsync(() => AdminHost.StartAsync(options));
