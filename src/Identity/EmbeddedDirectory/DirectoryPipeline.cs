using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server.AspNetCore;

namespace SipGateway.Identity;

/// <summary>Runs the directory's protocol inside its own endpoints and nowhere else.</summary>
internal static class DirectoryPipeline
{
    public const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static Task RunProtocolAsync(HttpContext context) => RunAsync(context, static c =>
    {
        c.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    public static Task RunPageAsync(HttpContext context) =>
        RunAsync(context, static c => c.RequestServices.GetRequiredService<SignInPage>().RunAsync(c));

    private static async Task RunAsync(HttpContext context, Func<HttpContext, Task> passedThrough)
    {
        // A middleware of the host may have asked the library already, which then looked away; a scope of our own makes it look again.
        var outer = context.RequestServices;
        await outer.GetRequiredService<DirectoryStart>().ReadyAsync(context.RequestAborted);
        await using var scope = outer.CreateAsyncScope();
        try
        {
            context.RequestServices = scope.ServiceProvider;
            context.Features.Set<OpenIddictServerAspNetCoreFeature>(null);
            context.Features.Set(DirectoryRequest.Instance);
            LimitBody(context, scope.ServiceProvider.GetRequiredService<EmbeddedDirectoryOptions>().Limits.MaxBodyBytes);
            var handlers = scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>();
            var handler = await handlers.GetHandlerAsync(context, Scheme) as IAuthenticationRequestHandler;
            if (handler is null || !await handler.HandleRequestAsync())
            {
                await passedThrough(context);
            }
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        finally
        {
            context.RequestServices = outer;
        }
    }

    private static void LimitBody(HttpContext context, long maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }
    }
}
