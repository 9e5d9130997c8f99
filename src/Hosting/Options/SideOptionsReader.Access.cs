using System.Collections.Immutable;

namespace SipGateway.Hosting;

/// <content>Who may administer.</content>
public abstract partial class SideOptionsReader
{
    private const int MaxNameChars = 40;

    /// <summary>The file of named keys; looked into, so that its faults are told at the start.</summary>
    /// <param name="adminKey">The admin key's own file, beside which it is.</param>
    protected string AdminKeysPath(string adminKey)
    {
        var path = Text("admin-keys-file") is { Length: > 0 } given
            ? Path.GetFullPath(given)
            : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(adminKey))!, AdminKeysFile.DefaultName);
        Wrong(AdminKeysFile.Read(path).Errors);
        return path;
    }

    /// <summary>The server whose people may administer; null when there is none.</summary>
    protected AdminOidcOptions? AdminOidc()
    {
        var secret = Secret("admin-oidc-client-secret-file", "SIPGATEWAY_ADMIN_OIDC_CLIENT_SECRET", null);
        var clientId = Text("admin-oidc-client-id");
        if (Text("admin-oidc-authority").Length == 0)
        {
            if (clientId.Length > 0 || secret.Length > 0)
            {
                Wrong("--admin-oidc-authority is missing: a client id or secret is given, and no OpenID Connect server. Give its address, or none of these.");
            }

            return null;
        }

        if (clientId.Length == 0)
        {
            Wrong("--admin-oidc-client-id is missing: register the gateway at the OpenID Connect server, and give the id that it has there.");
        }

        var authority = Authority();
        return new AdminOidcOptions
        {
            Authority = authority,
            ClientId = clientId,
            ClientSecret = secret,
            Audience = Text("admin-oidc-audience") is { Length: > 0 } audience ? audience : clientId,
            Scopes = Scopes(),
            RoleClaim = Claim(),
            Roles = Roles(),
            Name = Name(authority),
        };
    }

    // In clear to this machine alone: whoever answers in its place makes administrators.
    private Uri Authority()
    {
        if (Uri.TryCreate(Text("admin-oidc-authority"), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            return uri;
        }

        Wrong("admin-oidc-authority", "is not an https address. Who answers there says who is an administrator.");
        return new Uri("https://localhost/");
    }

    private ImmutableArray<string> Scopes()
    {
        ImmutableArray<string> scopes = [.. Text("admin-oidc-scopes").Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries)];
        if (!scopes.Contains("openid"))
        {
            Wrong("admin-oidc-scopes", "lacks openid, without which the server signs nobody in. Add it.");
        }

        return scopes;
    }

    private string Claim()
    {
        var claim = Text("admin-oidc-role-claim");
        if (claim.Length == 0)
        {
            Wrong("--admin-oidc-role-claim is empty: nobody would have a role. Give the claim that names roles or groups.");
        }

        return claim;
    }

    private ImmutableArray<(string Value, AdminGrant Grant)> Roles()
    {
        var roles = ImmutableArray.CreateBuilder<(string, AdminGrant)>();
        foreach (var text in Text("admin-oidc-roles").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Names of groups may hold a sign of equality; roles do not.
            var split = text.LastIndexOf('=');
            if (split > 0 && AdminGrant.TryParse(text[(split + 1)..]) is { } grant)
            {
                roles.Add((text[..split], grant));
            }
            else
            {
                Wrong("admin-oidc-roles", $"holds '{text}', which is not VALUE=ROLE; a role is {AdminGrant.Shape}.");
            }
        }

        return roles.ToImmutable();
    }

    private string Name(Uri authority)
    {
        var name = Text("admin-oidc-name");
        if (name.Length > MaxNameChars || name.Any(char.IsControl))
        {
            Wrong("admin-oidc-name", $"does not fit on a button. Give at most {MaxNameChars} characters.");
        }

        return name.Length > 0 ? name : authority.Host;
    }
}
