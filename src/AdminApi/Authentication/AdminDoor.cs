using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SipGateway.Portal;

namespace SipGateway.AdminApi;

/// <summary>
/// Stands before every call, gRPC and REST: asks for the key or token before a byte of the body is read, and makes an empty body an empty message.
/// </summary>
internal sealed class AdminDoor(CredentialDoor credentials, OpenStreams streams)
{
    private const string Scheme = "Bearer ";
    private const string Realm = "Bearer realm=\"sipgateway\"";

    /// <summary>Lets the request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var credential = CredentialOf(http.Request);
        var (verdict, caller) = await credentials.JudgeAsync(
            credential, http.Connection.RemoteIpAddress, $"{http.Request.Method} {http.Request.Path}", http.RequestAborted);
        if (verdict != CredentialVerdict.Right || caller is null)
        {
            await RefuseAsync(http, verdict);
            return;
        }

        caller.AttachTo(http);
        if (!ErrorReply.IsGrpc(http.Request))
        {
            await EmptyBody.AsEmptyMessageAsync(http.Request);
        }

        await (OpenStreams.IsOne(http) ? streams.HoldAsync(http, credential!, caller, next) : next(http));
    }

    private static string? CredentialOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;

    private static Task RefuseAsync(HttpContext http, CredentialVerdict verdict)
    {
        http.Response.Headers.CacheControl = "no-store";
        switch (verdict)
        {
            case CredentialVerdict.TooMany:
                http.Response.Headers.RetryAfter = "60";
                return ErrorReply.WriteAsync(http, AdminErrors.TooManyWrongKeys());
            case CredentialVerdict.NoRole:
                return ErrorReply.WriteAsync(http, AdminErrors.NoRole());
            case CredentialVerdict.Unavailable:
                return ErrorReply.WriteAsync(http, AdminErrors.NoTokenServer());
            case CredentialVerdict.Expired:
                http.Response.Headers[HeaderNames.WWWAuthenticate] = Realm + ", error=\"invalid_token\"";
                return ErrorReply.WriteAsync(http, AdminErrors.TokenExpired());
            default:
                http.Response.Headers[HeaderNames.WWWAuthenticate] = Realm;
                return ErrorReply.WriteAsync(http, AdminErrors.Unauthenticated());
        }
    }
}
