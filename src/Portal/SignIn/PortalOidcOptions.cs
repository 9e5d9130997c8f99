namespace SipGateway.Portal;

/// <summary>The OpenID Connect server at which people may sign in beside the key.</summary>
public sealed record PortalOidcOptions
{
    /// <summary>Where its metadata are.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Who the portal is to it.</summary>
    public required string ClientId { get; init; }

    /// <summary>What proves that; empty: nothing but PKCE.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>What is asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What the button calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Names the server, never the secret.</summary>
    public override string ToString() => $"{nameof(PortalOidcOptions)} {Authority}";
}
