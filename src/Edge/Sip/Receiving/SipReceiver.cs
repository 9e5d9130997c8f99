using Microsoft.Extensions.Logging;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>From octets to transactions: admission, parser, validation. Nothing a peer sends makes it throw.</summary>
internal sealed partial class SipReceiver(
    EdgeSipOptions options, Admission admission, Bans bans, TransactionLayer transactions, Responder responder,
    EdgeSipMetrics metrics, ILogger<SipReceiver> logger)
{
    private static readonly ReadOnlyMemory<byte> Pong = "\r\n"u8.ToArray();

    /// <summary>One datagram.</summary>
    public void Receive(Flow flow, ReadOnlyMemory<byte> datagram)
    {
        var verdict = admission.Judge(flow.Remote.Address);
        if (verdict == AdmissionVerdict.Dropped)
        {
            metrics.Dropped("rate");
            return;
        }

        try
        {
            Route(flow, SipParser.ParseDatagram(datagram, SipLimits.Default), verdict);
        }
        catch (Exception e) when (IsOutlived(e))
        {
        }
    }

    /// <summary>One outcome of reading a connection.</summary>
    /// <returns>False when the connection must be closed.</returns>
    public bool Receive(Flow flow, SipParseResult result)
    {
        if (result.Status == SipParseStatus.KeepAlive)
        {
            // RFC 5626 §3.5.1: CRLF CRLF is a ping, CRLF the pong.
            return flow.TrySend(Pong);
        }

        var verdict = admission.Judge(flow.Remote.Address);
        if (verdict == AdmissionVerdict.Dropped)
        {
            metrics.Dropped("rate");
            return false;
        }

        try
        {
            Route(flow, result, verdict);
        }
        catch (Exception e) when (IsOutlived(e))
        {
        }

        return !result.MustClose;
    }

    /// <summary>Serving a message failed: logged and counted.</summary>
    public void NoteFault(Exception fault)
    {
        metrics.Dropped("fault");
        LogFault(fault);
    }

    // The receive loop outlives whatever one message does.
    private bool IsOutlived(Exception e)
    {
        NoteFault(e);
        return true;
    }

    private void Route(Flow flow, SipParseResult result, AdmissionVerdict verdict)
    {
        switch (result.Status)
        {
            case SipParseStatus.Rejected:
                Reject(flow, result.RejectedMessage as SipRequest, result.Reason);
                break;
            case SipParseStatus.Complete when result.Message is SipResponse response:
                metrics.Received(flow.Transport, "none");
                TakeResponse(flow, response);
                break;
            case SipParseStatus.Complete when result.Message is SipRequest request:
                metrics.Received(flow.Transport, "none");
                TakeRequest(flow, request, verdict);
                break;
            default:
                break;
        }
    }

    private void TakeResponse(Flow flow, SipResponse response)
    {
        if (SipResponseValidation.Check(response) is { } reason)
        {
            metrics.Dropped(reason.MetricTag());
            return;
        }

        transactions.OnResponse(response, flow);
    }

    private void TakeRequest(Flow flow, SipRequest request, AdmissionVerdict verdict)
    {
        if (IsScanner(request))
        {
            metrics.Dropped("scanner");
        }
        else if (!IsPhonesWay(request.Method) && bans.Silences(flow))
        {
            metrics.Dropped("banned");
        }
        else if (SipRequestValidation.Check(request) is { } reason)
        {
            Reject(flow, request, reason);
        }
        else if (verdict == AdmissionVerdict.Busy)
        {
            responder.Busy(request, flow);
        }
        else
        {
            transactions.OnRequest(request, flow);
        }
    }

    private void Reject(Flow flow, SipRequest? request, SipRejectionReason reason)
    {
        metrics.Received(flow.Transport, reason.MetricTag());
        LogRejected(reason, flow.Transport);

        // An ACK is never answered (RFC 3261 §17), and without a Via there is nowhere to answer to.
        if (request is { TopVia: not null } && request.Method != SipMethod.Ack && reason.StatusCode() is { } status
            && !bans.Silences(flow))
        {
            responder.Reply(request, flow, status, reason.Phrase());
        }
        else
        {
            metrics.Dropped(reason.MetricTag());
        }
    }

    // How a phone registers and dials its code. Behind a banned address there may be one that has the right password.
    private static bool IsPhonesWay(SipMethod method) => method == SipMethod.Register || method == SipMethod.Invite || method == SipMethod.Ack
        || method == SipMethod.Cancel || method == SipMethod.Bye;

    private bool IsScanner(SipRequest request)
    {
        if (request.UserAgent is not { } agent)
        {
            return false;
        }

        foreach (var scanner in options.ScannerUserAgents)
        {
            if (agent.StartsWith(scanner, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(1, LogLevel.Debug, "A message over {Transport} was rejected: {Reason}.")]
    private partial void LogRejected(SipRejectionReason reason, string transport);

    [LoggerMessage(2, LogLevel.Debug, "Serving a message failed; the edge goes on.")]
    private partial void LogFault(Exception exception);
}
