using SipGateway.Edge;
using SipGateway.Hosting;
using SipGateway.Silo;

namespace SipGateway.Gateway;

/// <summary>Turns the options' text into values and reports everything that is wrong at once.</summary>
internal sealed class GatewayOptionsReader(HostArguments arguments) : SideOptionsReader(arguments)
{
    /// <summary>The options, or every error as a sentence of its own.</summary>
    public (GatewayOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var options = new GatewayOptions
        {
            DataDir = Path.GetFullPath(Text("data-dir")),
            Phones = PhonesSide(),
            Admins = AdminsSide(),
            NamedKeysPath = AdminKeysPath(Path.Combine(Text("data-dir"), "admin.key")),
            Oidc = AdminOidc(),
            SignInUrl = SecureUrl("signin-url", "People type passwords there."),
            RestartDeadline = Seconds("restart-deadline", 86_400, "desk phones boot in one to two minutes."),
            Compatibility = CompatibilityOption.Read(Text(CompatibilityOption.Name), why => Wrong(CompatibilityOption.Name, why)),
        };
        Wrong(VendorAuthorities.Read(options.Phones.VendorCaDir).Errors);
        return (Errors.Count == 0 ? options : null, Errors);
    }
}
