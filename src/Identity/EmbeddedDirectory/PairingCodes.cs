using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SipGateway.Identity;

/// <summary>What a typed pairing code is.</summary>
internal enum PairingCodeVerdict
{
    Good,
    Unknown,
    Expired,
    Used,
    Denied,
}

/// <summary>A pairing code that was looked up.</summary>
/// <param name="Verdict">What it is.</param>
/// <param name="Code">As stored: upper case, no dash.</param>
/// <param name="Facts">The phone; null unless good.</param>
/// <param name="Principal">The code's own principal; null unless good.</param>
internal sealed record PairingCode(PairingCodeVerdict Verdict, string Code, DeviceFacts? Facts, ClaimsPrincipal? Principal);

/// <summary>Looks pairing codes up.</summary>
internal sealed class PairingCodes(IOpenIddictTokenManager tokens, TimeProvider time)
{
    public async Task<PairingCode> FindAsync(HttpContext context, string typed)
    {
        var code = UserCode.Normalize(typed);
        if (code.Length == 0)
        {
            return new(PairingCodeVerdict.Unknown, "", null, null);
        }

        var result = await context.AuthenticateAsync(DirectoryPipeline.Scheme);
        return result is { Succeeded: true, Principal: { } principal } && FactsOf(principal) is { } facts
            ? new(PairingCodeVerdict.Good, code, facts, principal)
            : new(await WhyNotAsync(code, context.RequestAborted), code, null, null);
    }

    private async Task<PairingCodeVerdict> WhyNotAsync(string code, CancellationToken cancellation)
    {
        if (await tokens.FindByReferenceIdAsync(code, cancellation) is not { } token)
        {
            return PairingCodeVerdict.Unknown;
        }

        return await tokens.GetStatusAsync(token, cancellation) switch
        {
            Statuses.Redeemed => PairingCodeVerdict.Used,
            Statuses.Rejected => PairingCodeVerdict.Denied,
            _ when await tokens.GetExpirationDateAsync(token, cancellation) <= time.GetUtcNow() => PairingCodeVerdict.Expired,
            _ => PairingCodeVerdict.Unknown,
        };
    }

    private static DeviceFacts? FactsOf(ClaimsPrincipal principal) => principal.GetClaim(DeviceFacts.TenantClaim) is { Length: > 0 } tenant
        ? new(tenant, principal.GetClaim(DeviceFacts.MacEndingClaim) ?? "", principal.GetClaim(DeviceFacts.ModelClaim) ?? "",
            principal.GetClaim(DeviceFacts.NetworkClaim) ?? "")
        : null;
}
