using System.Collections.Immutable;
using Kind = SipGateway.Sip.Transactions.TransactionEffectKind;

namespace SipGateway.Sip.Transactions;

/// <summary>The effects that carry no delay, made once: most steps cost no allocation.</summary>
internal static class TransactionEffects
{
    public static readonly ImmutableArray<TransactionEffect> Send = [new(Kind.Send)];
    public static readonly ImmutableArray<TransactionEffect> Resend = [new(Kind.Resend)];
    public static readonly ImmutableArray<TransactionEffect> SendTrying = [new(Kind.SendTrying)];
    public static readonly ImmutableArray<TransactionEffect> SendAck = [new(Kind.SendAck)];
    public static readonly ImmutableArray<TransactionEffect> Deliver = [new(Kind.Deliver)];
    public static readonly ImmutableArray<TransactionEffect> Timeout = [new(Kind.ReportTimeout)];
    public static readonly ImmutableArray<TransactionEffect> TransportFailure = [new(Kind.ReportTransportFailure)];
    public static readonly ImmutableArray<TransactionEffect> DeliverAndAck = [new(Kind.Deliver), new(Kind.SendAck)];
}
