using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SipGateway.Trust;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SipGateway.Identity;

/// <summary>Set on requests that came through the directory's own endpoints.</summary>
internal sealed class DirectoryRequest
{
    public static readonly DirectoryRequest Instance = new();
}

/// <summary>
/// Keeps the directory behind its endpoints. The library would otherwise answer wherever a host puts the authentication
/// middleware, which may stand before the check of sides.
/// </summary>
internal sealed class RefuseRequestsPastEndpoints : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessRequestContext>()
        .UseSingletonHandler<RefuseRequestsPastEndpoints>().SetOrder(int.MinValue).Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext.Features.Get<DirectoryRequest>() is null)
        {
            context.SkipRequest();
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>Puts the sealed facts of the phone into the code that is made for it.</summary>
internal sealed class AttachDeviceFacts(KeyRing ring) : IOpenIddictServerHandler<HandleDeviceAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleDeviceAuthorizationRequestContext>().UseSingletonHandler<AttachDeviceFacts>().SetOrder(0).Build();

    public ValueTask HandleAsync(HandleDeviceAuthorizationRequestContext context)
    {
        if (DeviceFacts.Unlock(ring, (string?)context.Request.GetParameter(DeviceFacts.Parameter)) is not { } facts)
        {
            context.Reject(Errors.InvalidRequest, $"The parameter '{DeviceFacts.Parameter}' is missing or was not sealed by this gateway.");
            return ValueTask.CompletedTask;
        }

        // No authentication type: nobody has signed in yet.
        var identity = new ClaimsIdentity();
        identity.SetClaim(DeviceFacts.TenantClaim, facts.Tenant);
        identity.SetClaim(DeviceFacts.MacEndingClaim, facts.MacEnding);
        identity.SetClaim(DeviceFacts.ModelClaim, facts.Model);
        identity.SetClaim(DeviceFacts.NetworkClaim, facts.Network);
        context.Principal = new ClaimsPrincipal(identity);
        context.Principal.SetScopes(context.Request.GetScopes());
        return ValueTask.CompletedTask;
    }
}

/// <summary>Reads a pairing code the way people type it.</summary>
internal sealed class NormalizeUserCode : IOpenIddictServerHandler<ExtractEndUserVerificationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ExtractEndUserVerificationRequestContext>().UseSingletonHandler<NormalizeUserCode>().SetOrder(int.MaxValue).Build();

    public ValueTask HandleAsync(ExtractEndUserVerificationRequestContext context)
    {
        if (context.Request?.UserCode is { Length: > 0 } typed)
        {
            context.Request.UserCode = UserCode.Normalize(typed);
        }

        return ValueTask.CompletedTask;
    }
}
