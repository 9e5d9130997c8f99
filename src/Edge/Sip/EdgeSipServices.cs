using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SipGateway.Edge;

/// <summary>The phones' SIP side, put together in the order a packet meets its parts.</summary>
public static class EdgeSipServices
{
    /// <summary>
    /// Adds the SIP edge: <see cref="SipEdge"/> and what it is made of. The host has an <see cref="IGrainFactory"/> and a
    /// <see cref="Trust.KeyRing"/> registered; every <see cref="INotifyDialect"/> registered is used.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names every fault.</exception>
    public static IServiceCollection AddEdgeSip(this IServiceCollection services, EdgeSipOptions options)
    {
        var faults = EdgeSipOptionsValidator.Validate(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(s => new EdgeStart(s.GetRequiredService<TimeProvider>().GetUtcNow()));
        services.AddSingleton<EdgeSipMetrics>();
        services.TryAddSingleton<EdgeAlerts>();

        // Listening
        services.AddSingleton(s => new FlowTable(
            s.GetRequiredService<EdgeStart>().AtUtc, options.Limits, s.GetRequiredService<EdgeSipMetrics>()));

        services.AddSingleton<TlsHandshake>();

        // Receiving
        services.AddSingleton<Admission>();
        services.AddSingleton<LiveFlows>();
        services.AddSingleton<Bans>();
        services.AddSingleton<DeviceRate>();
        services.AddSingleton<SipReceiver>();
        services.AddSingleton<SipStreamReader>();

        // Transactions
        services.AddSingleton<TimerWheel>();
        services.AddSingleton<TransactionLayer>();

        // Dispatching
        services.AddSingleton<OurNames>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<Challenges>();
        services.TryAddSingleton<DeviceGrains>();
        services.AddSingleton<GrainCalls>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<PassedCalls>();
        services.AddSingleton<RtpPorts>();
        services.AddSingleton<FeatureCalls>();
        services.AddSingleton<ICallsInProgress>(s => s.GetRequiredService<FeatureCalls>());
        services.AddSingleton<Dispatcher>();

        // Leases
        services.AddSingleton<LeaseTable>();
        services.AddSingleton<Leases>();
        services.AddSingleton<LeaseReports>();
        services.AddSingleton<IShortcut, PlainRegistrar>();
        services.AddHostedService(s => s.GetRequiredService<LeaseReports>());
        services.AddHostedService<LeaseNewsReader>();

        // Sending
        services.AddSingleton<Responder>();
        services.AddSingleton<NotifySender>();

        services.AddSingleton(s => new SipEdge(
            options,
            s.GetRequiredService<EdgeStart>(),
            s.GetRequiredService<SipReceiver>(),
            s.GetRequiredService<IShortcut>(),
            s.GetRequiredService<SipStreamReader>(),
            s.GetRequiredService<FlowTable>(),
            s.GetRequiredService<TlsHandshake>(),
            s.GetRequiredService<TransactionLayer>(),
            s.GetRequiredService<Dispatcher>(),
            s.GetRequiredService<FeatureCalls>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddHostedService(s => s.GetRequiredService<SipEdge>());
        services.AddHostedService<EdgeRegistration>();

        // Phones that look for their server
        services.AddSingleton<PlugAndPlayRate>();
        services.AddSingleton<PlugAndPlayResponder>();
        services.AddHostedService<PlugAndPlayService>();
        return services;
    }
}
