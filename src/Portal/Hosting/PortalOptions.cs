using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Portal;

/// <summary>What the portal needs from its host.</summary>
public sealed record PortalOptions
{
    /// <summary>Where the admin API's gRPC answers in this very process; asked at the first call, when the listeners are open.</summary>
    public required Func<Uri> Api { get; init; }

    /// <summary>The certificate that the address shows when it is https; no other is accepted.</summary>
    public Func<X509Certificate2?> ApiCertificate { get; init; } = () => null;

    /// <summary>Where people may sign in beside the key; null: nowhere.</summary>
    public PortalOidcOptions? Oidc { get; init; }

    /// <summary>The tenant whose phones are shown. Default: <c>default</c>.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>How long a sign-in lasts at most. Default 12 h: a working day.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How often an open page's session is judged again. Default 2 s: a page shows nothing for longer after a sign-out elsewhere or with a key that was taken
    /// back, and fifty pages cost 25 look-ups a second.
    /// </summary>
    public TimeSpan SessionJudgePause { get; init; } = TimeSpan.FromSeconds(2);
}
