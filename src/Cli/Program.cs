using SipGateway.Cli;

return await SipgwCommand.RunAsync(SipgwCommand.Create(), args, Console.Out, Console.Error);
