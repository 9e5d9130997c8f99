using SipGateway.Gateway;
using SipGateway.Hosting;

// 1. What is asked for.
if (GatewayArguments.TryRead(args, Console.Out, Console.Error, out var arguments) is { } exitCode)
{
    return exitCode;
}

var (options, errors) = new GatewayOptionsReader(arguments).Read();
if (options is null)
{
    return HostProcess.Refuse(errors);
}

// 2. The gateway, from its data directory to its last listener, until SIGTERM or Ctrl-C.
return await HostProcess.RunAsync(() => GatewayHost.StartAsync(options), gateway => gateway.Greeting);
