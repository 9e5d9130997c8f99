using System.CommandLine;
using System.Globalization;

namespace SipGateway.Cli;

/// <summary>Options that every command has.</summary>
internal static class GatewayOptions
{
    private static readonly Option<string> Address = new("--address")
    {
        Description = "The gateway's gRPC address; also SIPGW_ADDRESS",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIPGW_ADDRESS") ?? "http://127.0.0.1:5081",
        Recursive = true,
    };

    private static readonly Option<string> Tenant = new("--tenant")
    {
        Description = "The tenant; also SIPGW_TENANT",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIPGW_TENANT") ?? "default",
        Recursive = true,
    };

    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "The file with the admin key; also SIPGW_KEY_FILE, or the key itself in SIPGW_KEY [default: ./data/admin.key]",
        Recursive = true,
    };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "table, json, csv or name",
        DefaultValueFactory = _ => "table", Recursive = true };

    private static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "Seconds after which the command gives up",
        DefaultValueFactory = _ => 60,
        Recursive = true,
    };

    public static void AddTo(RootCommand root)
    {
        Output.AcceptOnlyFromAmong("table", "json", "csv", "name");
        Timeout.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is not (> 0 and <= 86_400))
            {
                r.AddError("--timeout must be above 0 and at most 86400 seconds");
            }
        });
        foreach (var option in (Option[])[Address, Tenant, KeyFile, Output, Timeout])
        {
            root.Add(option);
        }
    }

    /// <summary>Runs a call against the gateway, and tells its failure.</summary>
    public static void SetGatewayAction(this Command command, Func<ParseResult, GatewaySession, Task<int>> run) =>
        command.SetAction((parsed, cancellation) => GatewaySession.RunAsync(parsed, run, cancellation));

    public static string AddressOf(ParseResult parsed) => parsed.GetRequiredValue(Address);

    public static string TenantOf(ParseResult parsed) => parsed.GetRequiredValue(Tenant);

    public static string? KeyFileOf(ParseResult parsed) => parsed.GetValue(KeyFile);

    public static string OutputOf(ParseResult parsed) => parsed.GetRequiredValue(Output);

    public static TimeSpan TimeoutOf(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(Timeout));

    public static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
