using System.CommandLine;

namespace SipGateway.Cli;

/// <summary><c>sipgw demo</c>: a simulated phone's whole life at a running gateway, told step by step.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> ProvisioningUrl = new("--provisioning-url")
    {
        Description = "Where phones fetch their configuration (SIPGW_PROVISIONING_URL)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIPGW_PROVISIONING_URL") ?? "http://127.0.0.1:8080/",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Takes a simulated phone through its whole life: onboard, claim, enrol, sign in, policy, restart, sign out, delete");
        command.Add(ProvisioningUrl);
        command.SetGatewayAction((parsed, session) => new DemoStory(session, UrlOf(parsed.GetRequiredValue(ProvisioningUrl))).TellAsync());
        return command;
    }

    private static Uri UrlOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
        ? url
        : throw new CommandFailure(ExitCodes.Usage, $"'{text}' is no address; write one such as http://127.0.0.1:8080/.");
}
