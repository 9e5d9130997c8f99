using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace SipGateway.AdminApi;

/// <summary>Around every call, gRPC and REST: may this caller do it, what does a failure mean, and is a refusal journalled.</summary>
internal sealed partial class AdminCallInterceptor(RefusalJournal journal, ILogger<AdminCallInterceptor> log) : Interceptor
{
    private static readonly string[] Reading = ["List", "Get", "Explain", "Wait", "Verify", "Watch", "Preview"];

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(request, context, () => continuation(request, context));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) => GuardAsync(request, context, async () =>
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception) when (OpenStreams.WhyEnded(context.GetHttpContext()) is { } why)
        {
            throw why;
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The caller went away, which is how a stream ends.
        }

        return true;
    });

    private async Task<T> GuardAsync<T>(object request, ServerCallContext context, Func<Task<T>> call)
    {
        if (!context.Method.StartsWith("/sipgateway.admin.", StringComparison.Ordinal))
        {
            return await call();
        }

        var caller = AdminCaller.Of(context);
        var target = RequestTarget.Of(request);
        try
        {
            if (!AdminAuthorization.IsAllowed(caller, target.Tenant, context.Method))
            {
                throw AdminErrors.PermissionDenied(context.Method, target.Tenant, caller.Grants);
            }

            return await call();
        }
        catch (Exception e)
        {
            var error = Explain(e);
            NoteRefusal(caller, target, context.Method, error);
            throw error;
        }
    }

    private RpcException Explain(Exception exception)
    {
        if (exception as RpcException is { } known)
        {
            return known;
        }

        if (GrainFailures.TryExplain(exception) is { } explained)
        {
            LogUnavailable(explained.StatusCode, exception.Message);
            return explained;
        }

        var traceId = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("n");
        LogFailed(exception, traceId);
        return AdminErrors.Internal(traceId);
    }

    private void NoteRefusal(AdminCaller caller, RequestTarget target, string method, RpcException error)
    {
        var name = method[(method.LastIndexOf('/') + 1)..];
        if (Array.Exists(Reading, r => name.StartsWith(r, StringComparison.Ordinal)) && error.StatusCode != StatusCode.PermissionDenied)
        {
            return;
        }

        journal.Note(target.Tenant, caller.Actor, name, target.Name, AdminErrors.ReasonOf(error), error.Status.Detail);
    }

    [LoggerMessage(1, LogLevel.Error, "An admin call failed; the caller was told the number {TraceId}")]
    private partial void LogFailed(Exception exception, string traceId);

    [LoggerMessage(2, LogLevel.Warning, "An admin call was answered {Status}: {Cause}")]
    private partial void LogUnavailable(StatusCode status, string cause);
}
