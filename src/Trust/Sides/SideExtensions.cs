using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SipGateway.Trust.Sides;

/// <summary>Listeners tag their connections with sides; endpoints name the sides they answer on; the default is deny.</summary>
public static class SideExtensions
{
    /// <summary>Says who is on the other end of this listener.</summary>
    public static void TagSides(this ListenOptions listener, params Side[] sides)
    {
        var feature = new ConnectionSides([.. sides]);
        listener.Use(next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        });
    }

    /// <summary>Says on which sides these endpoints answer.</summary>
    public static TBuilder AnswersOn<TBuilder>(this TBuilder endpoints, params Side[] sides)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.WithMetadata(new EndpointSides([.. sides]));
        return endpoints;
    }

    /// <summary>404 for every request that reached an endpoint from a side it does not answer on. Stands after routing.</summary>
    public static void UseSides(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint || IsAllowed(context, endpoint))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>Lets sides share paths: an endpoint of another side stands in nobody's way.</summary>
    public static IServiceCollection AddSides(this IServiceCollection services) => services.AddSingleton<MatcherPolicy, SidesMatcherPolicy>();

    internal static bool IsAllowed(HttpContext context, Endpoint endpoint)
    {
        var connection = context.Features.Get<ConnectionSides>();
        var wanted = endpoint.Metadata.GetMetadata<EndpointSides>();
        return connection is not null && wanted is not null && connection.Sides.Any(s => wanted.Sides.Contains(s));
    }

    internal sealed record EndpointSides(ImmutableArray<Side> Sides);

    private sealed record ConnectionSides(ImmutableArray<Side> Sides);
}
