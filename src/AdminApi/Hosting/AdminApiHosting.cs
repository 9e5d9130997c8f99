using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SipGateway.Portal;

namespace SipGateway.AdminApi;

/// <summary>Puts the admins' side into a host.</summary>
public static class AdminApiHosting
{
    /// <summary>
    /// Adds gRPC, the same over REST, reflection and health. The host gives <see cref="IGrainFactory"/> (a silo or a client of one), the readers and
    /// <c>IAuditWriter</c> of the storage.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong; the message says all that is.</exception>
    public static IServiceCollection AddAdminApi(this IServiceCollection services, AdminApiOptions options)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<WrongKeyLimiter>();
        services.AddSingleton<RefusalJournal>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusalJournal>());
        services.AddSingleton<NamedAdminKeys>().AddSingleton<AdminTokens>();
        services.AddSingleton<CredentialDoor>().AddSingleton<ICredentialDoor>(provider => provider.GetRequiredService<CredentialDoor>());
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<AdminDoor>();
        services.AddSingleton<AdminCallInterceptor>();
        services.AddSingleton<TenantAccess>();
        services.AddSingleton<EdgeRegions>();
        services.AddSingleton<DeviceAccess>();
        services.AddSingleton<DeviceCounts>();
        services.AddSingleton<DeviceChanges>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceChanges>());
        services.AddSingleton<OperationAccess>();
        services.AddGrpc(grpc =>
        {
            grpc.IgnoreUnknownServices = true;
            grpc.Interceptors.Add<AdminCallInterceptor>();
        }).AddJsonTranscoding(json => json.TypeRegistry = ErrorReply.Details);
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<ClusterHealthCheck>("cluster");
        return services;
    }

    /// <summary>Maps every call. The key is asked for by the endpoints themselves; health and reflection need none.</summary>
    public static AdminApiEndpoints MapAdminApi(this IEndpointRouteBuilder app)
    {
        var door = app.ServiceProvider.GetRequiredService<AdminDoor>();
        var calls = new AdminApiEndpoints(
            app.MapGrpcService<DevicesCalls>(),
            app.MapGrpcService<UsersCalls>(),
            app.MapGrpcService<PoliciesCalls>(),
            app.MapGrpcService<SitesCalls>(),
            app.MapGrpcService<TenantsCalls>(),
            app.MapGrpcService<OperationsCalls>(),
            app.MapGrpcService<AuditCalls>(),
            app.MapGrpcService<ClusterCalls>(),
            app.MapGrpcService<DhcpCalls>(),
            app.MapGrpcService<AccessCalls>(),
            app.Map("/v1/{**rest}", NoSuchCall));
        calls.Finally(endpoint => endpoint.RequestDelegate = endpoint.RequestDelegate is { } next ? http => door.InvokeAsync(http, next)
            : null);
        return new AdminApiEndpoints(calls, app.MapGrpcHealthChecksService(), app.MapGrpcReflectionService());
    }

    private static Task NoSuchCall(HttpContext http) => ErrorReply.WriteAsync(
        http, AdminErrors.NotFound($"call {http.Request.Method} {ResourceNames.Shown(http.Request.Path)}", "NO_SUCH_CALL"));
}
