using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SipGateway.Portal;

namespace SipGateway.AdminApi;

/// <summary>Streams outlive the moment their key or token was judged in: it is judged again while they last, and what no longer counts ends them.</summary>
internal sealed class OpenStreams(CredentialDoor credentials, AdminApiOptions options, TimeProvider time)
{
    private static readonly object ItemKey = new();

    /// <summary>Whether the request is for a call that streams.</summary>
    public static bool IsOne(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { Method.Type: not MethodType.Unary };

    /// <summary>Why a stream was ended from this side; null when it was not.</summary>
    public static RpcException? WhyEnded(HttpContext http) => http.Items[ItemKey] as RpcException;

    /// <summary>Runs the call; it is cancelled when the credential stops to count, and <see cref="WhyEnded"/> says what to answer.</summary>
    public async Task HoldAsync(HttpContext http, string credential, AdminCaller caller, RequestDelegate next)
    {
        var aborted = http.RequestAborted;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        http.RequestAborted = ends.Token;
        var judging = JudgeUntilEndAsync(http, credential, caller, ends);
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
            await ends.CancelAsync();
            await judging;
        }
    }

    private async Task JudgeUntilEndAsync(HttpContext http, string credential, AdminCaller caller, CancellationTokenSource ends)
    {
        using var timer = new PeriodicTimer(options.StreamJudgePause, time);
        while (await TickAsync(timer, ends.Token))
        {
            if (await ObjectionAsync(credential, caller, ends.Token) is { } why)
            {
                http.Items[ItemKey] = why;
                await ends.CancelAsync();
            }
        }
    }

    private static async ValueTask<bool> TickAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<RpcException?> ObjectionAsync(string credential, AdminCaller caller, CancellationToken end)
    {
        try
        {
            var (verdict, now) = await credentials.JudgeAgainAsync(credential, end);
            return verdict switch
            {
                CredentialVerdict.Right => now!.Grants.SequenceEqual(caller.Grants) ? null : AdminErrors.RightsChanged(),

                // Nobody can tell; it was good when it came.
                CredentialVerdict.Unavailable => null,
                CredentialVerdict.Expired => AdminErrors.TokenExpired(),
                CredentialVerdict.NoRole => AdminErrors.NoRole(),
                _ => AdminErrors.KeyTakenBack(),
            };
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file of keys cannot be read: what nobody can vouch for is not left open.
            return AdminErrors.NotYet("KEYS_UNREADABLE", "The file of admin keys cannot be read, so nobody can tell whether yours still counts. Call again.");
        }
    }
}
