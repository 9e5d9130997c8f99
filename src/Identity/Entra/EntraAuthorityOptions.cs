namespace SipGateway.Identity;

/// <summary>How the gateway reaches Microsoft Entra.</summary>
public sealed record EntraAuthorityOptions
{
    /// <summary>The cloud. Default: <c>https://login.microsoftonline.com/</c>; sovereign clouds have their own, such as
    /// <c>https://login.microsoftonline.us/</c>.</summary>
    public Uri AuthorityHost { get; init; } = new("https://login.microsoftonline.com/");

    /// <summary>Whether the host is looked up in Microsoft's list of clouds first. Default: true; false for a host that is not
    /// Microsoft's.</summary>
    public bool InstanceDiscovery { get; init; } = true;

    /// <summary>What is asked for beside <c>openid profile offline_access</c>, which the library adds. Default: <c>email</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["email"];

    /// <summary>The id token's claim with the user's number; Entra has none of itself, the app registration adds one. Default:
    /// <c>phone_number</c>.</summary>
    public string PhoneNumberClaim { get; init; } = "phone_number";

    /// <summary>Makes the HTTP handler. Null: the platform's.</summary>
    public Func<HttpMessageHandler>? HandlerFactory { get; init; }

    internal IEnumerable<string> Validate()
    {
        if (!AuthorityHost.IsAbsoluteUri || AuthorityHost.Scheme != Uri.UriSchemeHttps || AuthorityHost.AbsolutePath != "/")
        {
            yield return $"Entra: the authority host '{AuthorityHost}' is not an https address without a path.";
        }

        if (PhoneNumberClaim.Length == 0)
        {
            yield return "Entra: PhoneNumberClaim is empty; name the claim with the user's number.";
        }

        if (Scopes.Any(string.IsNullOrWhiteSpace))
        {
            yield return "Entra: one of the scopes is empty.";
        }
    }
}
