using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;

namespace SipGateway.Gateway;

/// <summary>What the first start makes and says.</summary>
internal static class FirstStart
{
    private const string DefaultTenant = "default";

    // Where the command line's demo looks for a gateway by itself.
    private static readonly Uri DemoDefault = new("http://127.0.0.1:8080/");

    /// <summary>Makes the tenant that everything defaults to; harmless when it is there.</summary>
    public static Task EnsureTenantAsync(IServiceProvider services) => services.GetRequiredService<IGrainFactory>()
        .GetGrain<ITenantGrain>(DefaultTenant)
        .Ensure(new AdminContext { Tenant = DefaultTenant, Actor = "gateway", CommandId = "first-start" });

    /// <summary>The way to the first enrolled phone.</summary>
    public static IReadOnlyList<string> Greeting(GatewayOptions options, DataDirectory directory, Listeners listeners) =>
    [
        "",
        $"This is a new gateway. Its data, keys and the admin key are in {directory.Root}; back that directory up.",
        $"  1. See a phone's whole life:   ./sipgw demo{Context(options, directory, listeners)}{Provisioning(options, listeners)}",
        $"  2. Claim your first phone:     ./sipgw devices claim 00:15:65:aa:bb:cc{Context(options, directory, listeners)}",
        $"  3. Point the phone at:         {PhonesUrl(options, listeners)}",
        $"  4. Or do all that in a browser: {listeners.AddressOf("admin", options.Admins.IsAdminTls)} with the line in {directory.AdminKey}",
        "",
    ];

    // The command line finds the defaults by itself; anything else must be said.
    private static string Context(GatewayOptions options, DataDirectory directory, Listeners listeners)
    {
        var words = new List<string>();
        if (listeners["grpc"].Port != 5081)
        {
            words.Add($"--address {listeners.AddressOf("grpc", options.Admins.IsAdminTls)}");
        }

        if (directory.Root != Path.GetFullPath("./data"))
        {
            words.Add($"--key-file {directory.AdminKey}");
        }

        return words.Count == 0 ? "" : " " + string.Join(' ', words);
    }

    private static string Provisioning(GatewayOptions options, Listeners listeners) =>
        PhonesUrl(options, listeners) is var url && url == DemoDefault ? "" : $" --provisioning-url {url}";

    private static Uri PhonesUrl(GatewayOptions options, Listeners listeners) =>
        new UriBuilder("http", options.Phones.PublicHost, listeners["http"].Port).Uri;
}
