using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace SipGateway.Portal;

/// <summary>Puts the portal into a host.</summary>
public static class PortalHosting
{
    /// <summary>Adds the portal. The host gives data protection, an <see cref="ICredentialDoor"/> and the address of the admin API.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services, PortalOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<ThemeSheet>();
        services.AddSingleton(options).AddSingleton<PortalSessions>().AddSingleton<PortalDoor>().AddSingleton<AdminChannel>().AddSingleton<DeviceFeed>();
        services.AddScoped<AdminClient>().AddScoped<CircuitPresence>().AddScoped<CodeSheet>();
        services.AddScoped(provider => new AdminRights(provider.GetRequiredService<AdminClient>()));
        services.AddCascadingValue(provider => provider.GetRequiredService<AdminRights>().Source);
        services.AddPortalOidc(options);
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitPresence>());
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SameSite = SameSiteMode.Strict);
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
            circuits.DisconnectedCircuitMaxRetained = 20;
        });
        services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        return services;
    }

    /// <summary>The door before the portal's endpoints. Stands after routing and sides.</summary>
    public static void UsePortal(this IApplicationBuilder app)
    {
        var door = app.ApplicationServices.GetRequiredService<PortalDoor>();
        app.Use((http, next) => door.InvokeAsync(http, next));
        app.UseAntiforgery();
    }

    /// <summary>Maps every page, script and form; the host says on which side they answer.</summary>
    public static PortalEndpoints MapPortal(this IEndpointRouteBuilder app)
    {
        var door = app.ServiceProvider.GetRequiredService<ICredentialDoor>();
        var sessions = app.ServiceProvider.GetRequiredService<PortalSessions>();
        var pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        pages.Add(page => page.Metadata.Add(new PortalEndpoint(page is RouteEndpointBuilder { RoutePattern.RawText: PortalPaths.SignIn })));
        var begin = app.MapPost(PortalPaths.Session, http => SignInEndpoints.BeginAsync(http, door, sessions));
        var end = app.MapPost(PortalPaths.SessionEnd, http => SignInEndpoints.EndAsync(http, sessions));
        var assets = app.MapMethods(PortalAssets.Path, [HttpMethods.Get, HttpMethods.Head], PortalAssets.InvokeAsync);
        begin.WithMetadata(new PortalEndpoint(IsOpen: true), new RequireAntiforgeryTokenAttribute());
        end.WithMetadata(new PortalEndpoint(IsOpen: true), new RequireAntiforgeryTokenAttribute());
        assets.WithMetadata(new PortalEndpoint(IsOpen: true, IsKept: true));
        return new PortalEndpoints([pages, begin, end, assets, .. app.MapPortalOidc()]);
    }
}

/// <summary>All endpoints of the portal together.</summary>
public sealed class PortalEndpoints : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder[] _parts;

    internal PortalEndpoints(params IEndpointConventionBuilder[] parts) => _parts = parts;

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention)
    {
        foreach (var part in _parts)
        {
            part.Add(convention);
        }
    }

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        foreach (var part in _parts)
        {
            part.Finally(finallyConvention);
        }
    }
}
