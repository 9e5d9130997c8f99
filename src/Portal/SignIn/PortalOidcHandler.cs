using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SipGateway.Portal;

/// <summary>The library's sign-in, which answers inside the portal's own endpoint and nowhere else: not on the side of phones.</summary>
internal sealed class PortalOidcHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, HtmlEncoder htmlEncoder, UrlEncoder encoder)
    : OpenIdConnectHandler(options, logger, htmlEncoder, encoder)
{
    /// <inheritdoc/>
    public override Task<bool> ShouldHandleRequestAsync() =>
        Task.FromResult(Context.GetEndpoint()?.Metadata.GetMetadata<PortalOidcReturn>() is not null);

    /// <inheritdoc/>
    public override async Task<bool> HandleRequestAsync() => await ShouldHandleRequestAsync() && await base.HandleRequestAsync();
}

/// <summary>Marks the endpoint that people come back to.</summary>
internal sealed record PortalOidcReturn;
