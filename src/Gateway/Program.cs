using SipGateway.Gateway;
using SipGateway.Storage;

// 1. What is asked for.
if (GatewayArguments.TryRead(args, Console.Out, Console.Error, out var arguments) is { } exitCode)
{
    return exitCode;
}

var (options, errors) = new GatewayOptionsReader(arguments).Read();
if (options is null)
{
    foreach (var error in errors)
    {
        Console.Error.WriteLine($"sipgateway: {error}");
    }

    return 1;
}

// 2. The gateway, from its data directory to its last listener.
try
{
    await using var gateway = await GatewayHost.StartAsync(options);
    foreach (var line in gateway.Greeting)
    {
        Console.Error.WriteLine(line);
    }

    Console.Out.WriteLine(gateway.ReadyLine);
    Console.Out.Flush();

    // 3. Until SIGTERM or Ctrl-C.
    if (await gateway.WaitForStopAsync() is not { } cause)
    {
        return 0;
    }

    Console.Error.WriteLine($"sipgateway: {cause}");
    return 1;
}
catch (Exception e) when (StartFailure.Explain(e) is { } line)
{
    Console.Error.WriteLine($"sipgateway: {line}");
    return 1;
}
