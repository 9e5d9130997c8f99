using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SipGateway.Portal;

namespace SipGateway.AdminApi;

/// <summary>
/// Stands before every call, gRPC and REST: asks for the key before a byte of the body is read, and makes an empty body an empty message.
/// </summary>
internal sealed class AdminDoor(AdminApiOptions options, AdminKeyDoor keys)
{
    private const string Scheme = "Bearer ";

    /// <summary>Lets the request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var verdict = keys.Judge(KeyOf(http.Request), http.Connection.RemoteIpAddress, $"{http.Request.Method} {http.Request.Path}");
        if (verdict != KeyVerdict.Right)
        {
            await RefuseAsync(http, verdict);
            return;
        }

        new AdminCaller($"admin-key:{options.Key.Id}").AttachTo(http);
        if (!ErrorReply.IsGrpc(http.Request))
        {
            await EmptyBody.AsEmptyMessageAsync(http.Request);
        }

        await next(http);
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;

    private static Task RefuseAsync(HttpContext http, KeyVerdict verdict)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (verdict == KeyVerdict.TooMany)
        {
            http.Response.Headers.RetryAfter = "60";
            return ErrorReply.WriteAsync(http, AdminErrors.TooManyWrongKeys());
        }

        http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"sipgateway\"";
        return ErrorReply.WriteAsync(http, AdminErrors.Unauthenticated());
    }
}
