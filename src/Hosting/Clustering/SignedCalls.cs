using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Trust;

namespace SipGateway.Hosting;

/// <summary>
/// A client of a cluster can reach any grain. So silos and the admin API sign the calls that command phones, and silos refuse such calls without:
/// an edge that somebody took over serves phones, and commands none.
/// </summary>
public static partial class SignedCalls
{
    /// <summary>Where the signature travels.</summary>
    internal const string Key = "sipgw.signature";

    /// <summary>Signs what this process calls.</summary>
    /// <param name="services">Of a silo, or of a client.</param>
    /// <param name="signature">The cluster's key; asked for at the first call.</param>
    public static IServiceCollection AddCallSigning(this IServiceCollection services, Func<CallSignature> signature) =>
        services.AddSingleton<IOutgoingGrainCallFilter>(provider => new Signing(signature, provider.GetRequiredService<TimeProvider>()));

    /// <summary>Refuses what others call without a signature.</summary>
    /// <param name="services">Of a silo.</param>
    /// <param name="signature">The cluster's key; asked for at the first call.</param>
    public static IServiceCollection AddCallChecking(this IServiceCollection services, Func<CallSignature> signature) =>
        services.AddSingleton<IIncomingGrainCallFilter>(provider => new Checking(
            signature, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Checking>>(),
            provider.GetRequiredService<IMeterFactory>()));

    private static string TargetOf(IGrainCallContext context) => context.TargetId.ToString();

    // What travels with a call travels on with the calls that follow from it, to an edge too. So it is taken off wherever it is not needed.
    private sealed class Signing(Func<CallSignature> signature, TimeProvider time) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (CallRules.Of(context.InterfaceMethod) is { } rule && rule.NeedsSignature(context.Request))
            {
                RequestContext.Set(Key, signature().Sign(TargetOf(context), rule.Name, time.GetUtcNow()));
            }
            else if (RequestContext.Get(Key) is not null)
            {
                RequestContext.Remove(Key);
            }

            return context.Invoke();
        }
    }

    internal sealed partial class Checking(
        Func<CallSignature> signature, TimeProvider time, ILogger<Checking> logger, IMeterFactory meters) : IIncomingGrainCallFilter
    {
        private readonly Counter<long> refused = meters.Create("SipGateway.Cluster").CreateCounter<long>(
            "sipgateway.cluster.refused_calls", description: "Calls of grains that command phones and came without a signature of a silo or an admin API.");

        public Task Invoke(IIncomingGrainCallContext context)
        {
            var shown = RequestContext.Get(Key) as byte[];
            if (shown is not null)
            {
                RequestContext.Remove(Key);
            }

            if (CallRules.Of(context.InterfaceMethod) is { } rule && rule.NeedsSignature(context.Request)
                && !signature().IsGood(shown, TargetOf(context), rule.Name, time.GetUtcNow()))
            {
                refused.Add(1);
                LogRefused($"{context.SourceId}", rule.Name, shown is null ? "no" : "a wrong or old");
                throw new UnauthorizedAccessException(
                    $"The call {rule.Name} is for silos and the admin API: it came with {(shown is null ? "no" : "a wrong or old")} signature. "
                    + "The processes of a cluster need one master key, one database, and clocks less than 15 minutes apart.");
            }

            return context.Invoke();
        }

        [LoggerMessage(Level = LogLevel.Warning, Message =
            "{source} called {call} with {what} signature and was refused. When it is an edge, take it off the network and renew the cluster's certificates "
            + "and master key; when it is an admin API or a silo, compare its clock, its master key and its database with this silo's.")]
        private partial void LogRefused(string source, string call, string what);
    }
}
