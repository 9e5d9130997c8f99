using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SipGateway.AdminApi;

/// <summary>
/// Stands before every call, gRPC and REST: asks for the key before a byte of the body is read, and makes an empty body an empty message.
/// </summary>
internal sealed class AdminDoor(AdminApiOptions options, WrongKeyLimiter limiter, RefusalJournal journal)
{
    private const string Scheme = "Bearer ";

    /// <summary>Lets the request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!HasRightKey(http.Request))
        {
            await RefuseAsync(http);
            return;
        }

        new AdminCaller($"admin-key:{options.Key.Id}").AttachTo(http);
        if (!ErrorReply.IsGrpc(http.Request))
        {
            await EmptyBody.AsEmptyMessageAsync(http.Request);
        }

        await next(http);
    }

    private bool HasRightKey(HttpRequest request) =>
        request.Headers.Authorization is [{ } value]
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && options.Key.Matches(value[Scheme.Length..].Trim());

    private Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var remote = http.Connection.RemoteIpAddress ?? IPAddress.None;
        var source = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (!limiter.TryNote(source))
        {
            http.Response.Headers.RetryAfter = "60";
            return ErrorReply.WriteAsync(http, AdminErrors.TooManyWrongKeys());
        }

        journal.Note("", "anonymous", $"{http.Request.Method} {http.Request.Path}", "call", "UNAUTHENTICATED",
            $"from {source}");
        http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"sipgateway\"";
        return ErrorReply.WriteAsync(http, AdminErrors.Unauthenticated());
    }
}
