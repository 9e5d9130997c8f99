using System.Net;
using Microsoft.Extensions.Logging;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>
/// One datagram to the group: who may ask, how often, what, and the answer. Nothing is kept of anybody and nothing sent twice: a phone that missed
/// the answer asks again.
/// </summary>
internal sealed partial class PlugAndPlayResponder(EdgeSipOptions options, PlugAndPlayRate rate, EdgeSipMetrics metrics, ILogger<PlugAndPlayResponder> logger)
{
    /// <summary>Answers, or counts why not. Never throws.</summary>
    /// <param name="listener">Where it came.</param>
    /// <param name="network">The network there: who writes an address on it that is not there gets no answer.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="datagram">Any octets.</param>
    public void Receive(MulticastListener listener, IPNetwork network, IPEndPoint remote, ReadOnlyMemory<byte> datagram)
    {
        try
        {
            metrics.PlugAndPlay(network.Contains(remote.Address) ? Answer(listener, remote, datagram) : "not_on_link");
        }
#pragma warning disable CA1031 // One datagram's fault is not every phone's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            metrics.PlugAndPlay("fault");
            LogFault(e);
        }
    }

    private string Answer(MulticastListener listener, IPEndPoint remote, ReadOnlyMemory<byte> datagram)
    {
        if (SipParser.ParseDatagram(datagram, SipLimits.Default) is not { Status: SipParseStatus.Complete, Message: SipRequest request }
            || SipRequestValidation.Check(request) is not null)
        {
            return "malformed";
        }

        if (!PlugAndPlayRules.Asks(request))
        {
            return "other";
        }

        if (!rate.TryCount(remote.Address))
        {
            return "rate";
        }

        var url = PlugAndPlayRules.UrlFor(request, options.ProvisioningRoot?.Invoke() ?? "");
        var answer = PlugAndPlayAnswer.To(request, listener.Local, remote, url);
        if (!answer.IsWithin(datagram.Length))
        {
            return "amplification";
        }

        return listener.TrySend(answer.Response, answer.RespondTo) && listener.TrySend(answer.Notify, answer.NotifyTo) ? "answered" : "send_failed";
    }

    [LoggerMessage(1, LogLevel.Debug, "A phone that asked by multicast could not be answered; it asks again.")]
    private partial void LogFault(Exception exception);
}
