using System.Collections.Immutable;

namespace SipGateway.Hosting;

/// <summary>An OpenID Connect server whose people may administer.</summary>
public sealed record AdminOidcOptions
{
    /// <summary>Names, defaults and words.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("admin-keys-file", "", "File with named admin keys and their roles; see sipgw keys. Default: admin-keys, beside the admin key."),
        new("admin-oidc-authority", "", "OpenID Connect server whose people may administer, such as https://login.example.org/realms/staff. Default: none."),
        new("admin-oidc-client-id", "", "The client id that this gateway has there."),
        new("admin-oidc-client-secret-file", "", "File with its secret. Or put it into SIPGATEWAY_ADMIN_OIDC_CLIENT_SECRET. Default: a public client."),
        new("admin-oidc-audience", "", "The audience of access tokens that count. Default: the client id."),
        new("admin-oidc-scopes", "openid profile", "What the portal asks for."),
        new("admin-oidc-role-claim", "roles", "The claim of an access token that names roles or groups."),
        new("admin-oidc-roles", "sipgateway-admin=admin,sipgateway-operator=operator,sipgateway-viewer=viewer",
            "What each value of the claim gives: VALUE=ROLE or VALUE=ROLE@TENANT, separated by commas."),
        new("admin-oidc-name", "", "What the portal's button calls the server. Default: its host."),
    ];

    /// <summary>Where its metadata are, and who signs.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Who the gateway is to it.</summary>
    public required string ClientId { get; init; }

    /// <summary>What proves that; empty: nothing does, the code exchange stands on PKCE alone.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Whom access tokens must be for.</summary>
    public required string Audience { get; init; }

    /// <summary>What the portal asks for.</summary>
    public ImmutableArray<string> Scopes { get; init; } = ["openid", "profile"];

    /// <summary>The claim that names roles or groups.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>What each value of the claim gives.</summary>
    public ImmutableArray<(string Value, AdminGrant Grant)> Roles { get; init; } = [];

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Names the server, never the secret.</summary>
    public override string ToString() => $"{nameof(AdminOidcOptions)} {Authority}";
}
