using System.Data.Common;
using Grpc.Core;
using Orleans.Runtime;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>What an exception from behind the API means to the caller: unknown is never told as failed.</summary>
internal static class GrainFailures
{
    /// <summary>The error to answer; null when the exception is a fault of ours.</summary>
    public static RpcException? TryExplain(Exception exception) => exception switch
    {
        // Given up by us or on the way; where the caller did, nobody reads the answer.
        TimeoutException or OperationCanceledException => AdminErrors.Unavailable("The cluster did not answer in time."),
        WriteOutcomeUnknownException => AdminErrors.Unavailable("The connection to the database was lost during the write."),
        OrleansException => AdminErrors.Unavailable("The cluster is not reachable at the moment."),
        DbException => AdminErrors.Unavailable("The database is not reachable at the moment."),
        AggregateException { InnerException: { } inner } => TryExplain(inner),
        _ => null,
    };
}
