using System.Globalization;
using System.Net;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>What is said to a phone that asked by multicast: 200, and where its configuration is.</summary>
/// <param name="Response">To <paramref name="RespondTo"/>.</param>
/// <param name="RespondTo">Where the request wants its response, at the address that it came from.</param>
/// <param name="Notify">The NOTIFY with the address; to <paramref name="NotifyTo"/>.</param>
/// <param name="NotifyTo">The phone's port for requests, at the same address.</param>
internal sealed record PlugAndPlayAnswer(byte[] Response, IPEndPoint RespondTo, byte[] Notify, IPEndPoint NotifyTo)
{
    /// <summary>
    /// Whether both together are at most twice what came: a SUBSCRIBE as phones send it has 500 octets and more, and who writes another's address on a
    /// shorter one gets nothing multiplied.
    /// </summary>
    public bool IsWithin(int requestBytes) => Response.Length + Notify.Length <= 2 * requestBytes;

    /// <summary>Makes both.</summary>
    /// <param name="request">A valid request that asks.</param>
    /// <param name="local">Where it is answered from.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="url">What the phone is told.</param>
    /// <exception cref="ArgumentException">Something in the request cannot be said back.</exception>
    public static PlugAndPlayAnswer To(SipRequest request, IPEndPoint local, IPEndPoint remote, string url)
    {
        var respondTo = ReturnPort.Of(request, remote) is { } port ? new IPEndPoint(remote.Address, port) : remote;
        var notifyTo = PlugAndPlayRules.NotifyTarget(request, respondTo);
        var tag = StatelessTag.Of(request);
        var contact = SipUri.Create(null, local.Address.ToString(), local.Port).ToString();
        var response = SipResponseBuilder.For(request, 200, null, tag, remote)
            .Add(SipHeaderName.Contact, $"<{contact}>")
            .Add(SipHeaderName.Expires, "0")
            .Build();
        var notify = SipRequestBuilder.Create(SipMethod.Notify, PlugAndPlayRules.ContactOf(request) ?? Uri(notifyTo))
            .Via("UDP", local.ToString(), TransactionLayer.NewBranch())
            .MaxForwards()
            .From(request.To!.Uri, tag)
            .To(request.From!)
            .CallId(request.CallId!)
            .CSeq(1, SipMethod.Notify)
            .Add(SipHeaderName.Contact, $"<{contact}>")
            .Add(SipHeaderName.Event, "ua-profile")
            .Add(SipHeaderName.SubscriptionState, "terminated;reason=timeout")
            .Body("application/url", Encoding.ASCII.GetBytes(url))
            .Build();
        return new PlugAndPlayAnswer(response, respondTo, notify, notifyTo);
    }

    private static SipUri Uri(IPEndPoint of) => SipUri.Create(null, of.Address.ToString(), of.Port);
}
