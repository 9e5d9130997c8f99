using SipGateway.Storage.Tests.Crash;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace SipGateway.Storage.Tests;

internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        if (args is [AcknowledgingWriter.Verb, var place])
            return AcknowledgingWriter.RunAsync(place);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : ConsoleRunner.Run(args);
    }
}
