using System.Collections.Concurrent;
using System.Security.Cryptography;
using SipGateway.Sip;
using SipGateway.Sip.Transactions;

namespace SipGateway.Edge;

/// <summary>Who answers requests that belong to no transaction yet.</summary>
internal interface IRequestHandler
{
    /// <summary>A new request that is neither ACK nor CANCEL.</summary>
    void OnRequest(SipRequest request, Flow flow);

    /// <summary>An ACK to a 2xx, which is no part of the INVITE's transaction (RFC 3261 §13.2.2.4).</summary>
    void OnAck(SipRequest ack, Flow flow);
}

/// <summary>All live transactions of this edge (RFC 3261 §17).</summary>
/// <remarks>
/// The key holds the flow too: a branch guessed by another source, or repeated by a broken phone elsewhere, is another
/// transaction.
/// </remarks>
internal sealed class TransactionLayer(EdgeSipOptions options, TimerWheel wheel, Responder responder, EdgeSipMetrics metrics)
{
    private readonly ConcurrentDictionary<(TransactionKey Key, string FlowId), ServerTransaction> servers = new();
    private readonly ConcurrentDictionary<TransactionKey, ClientTransaction> clients = new();
    private int serverCount;

    /// <summary>Set once at the start; the handler itself needs this layer to answer.</summary>
    public IRequestHandler? Handler { get; set; }

    /// <summary>Live server transactions.</summary>
    public int ServerCount => serverCount;

    /// <summary>A branch that nobody guesses.</summary>
    public static string NewBranch() => TransactionKey.MagicCookie + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public void OnRequest(SipRequest request, Flow flow)
    {
        var id = (KeyOf(request), flow.Id);
        if (servers.TryGetValue(id, out var known))
        {
            if (request.Method == SipMethod.Ack)
            {
                known.On(new TransactionInput(TransactionInputKind.Ack));
            }
            else
            {
                known.Retransmitted();
            }
        }
        else if (request.Method == SipMethod.Ack)
        {
            Handler?.OnAck(request, flow);
        }
        else if (request.Method == SipMethod.Cancel)
        {
            Cancel(request, flow, id);
        }
        else
        {
            Handler?.OnRequest(request, flow);
        }
    }

    public void OnResponse(SipResponse response, Flow flow)
    {
        var key = TransactionKey.Client(response.TopVia?.Branch ?? string.Empty, response.CSeq!.Method.Text);
        if (clients.TryGetValue(key, out var client))
        {
            client.Received(response);
        }
        else
        {
            metrics.Dropped("no_transaction");
        }
    }

    /// <summary>Begins a transaction for a request that was found worth one.</summary>
    /// <returns>Null when there are too many, or when it is there already; then the request is done with.</returns>
    public ServerTransaction? Begin(SipRequest request, Flow flow)
    {
        if (serverCount >= options.Limits.MaxTransactions)
        {
            responder.Busy(request, flow);
            return null;
        }

        var id = (KeyOf(request), flow.Id);
        var transaction = new ServerTransaction(id, request, flow, wheel, options.Timers, responder, metrics, EndServer);
        if (!servers.TryAdd(id, transaction))
        {
            return null;
        }

        Interlocked.Increment(ref serverCount);
        transaction.Start();
        return transaction;
    }

    /// <summary>Sends a request and waits for its final response.</summary>
    /// <param name="branch">The branch of its Via, from <see cref="NewBranch"/>.</param>
    /// <param name="method">Its method.</param>
    /// <param name="request">The request.</param>
    /// <param name="flow">The way to the phone.</param>
    public Task<ClientOutcome> SendAsync(string branch, SipMethod method, byte[] request, Flow flow)
    {
        var client = new ClientTransaction(TransactionKey.Client(branch, method.Text), request, flow, wheel, options.Timers, EndClient);
        clients[client.Key] = client;
        client.Start();
        return client.Outcome;
    }

    private static TransactionKey KeyOf(SipRequest request)
    {
        var via = request.TopVia!;
        return via.HasRfc3261Branch
            ? TransactionKey.Server(via.Branch!, via.SentBy, request.Method.Text)
            : TransactionKey.Legacy(
                request.RequestUri?.ToString() ?? string.Empty, request.From?.Tag ?? string.Empty, request.CallId!, request.CSeq!.Number,
                via.ToString(), request.Method.Text);
    }

    // RFC 3261 §9.2: the CANCEL is answered at once, 481 when there is nothing to end.
    private void Cancel(SipRequest request, Flow flow, (TransactionKey Key, string FlowId) id)
    {
        if (!servers.TryGetValue((id.Key.OfInvite(), id.FlowId), out var invite))
        {
            responder.Reply(request, flow, 481);
            return;
        }

        responder.Reply(request, flow, 200);
        invite.Cancelled?.Invoke();
    }

    private void EndServer(LiveTransaction transaction)
    {
        if (servers.TryRemove(((ServerTransaction)transaction).Id, out _))
        {
            Interlocked.Decrement(ref serverCount);
        }
    }

    private void EndClient(LiveTransaction transaction)
    {
        var client = (ClientTransaction)transaction;
        client.Stop();
        clients.TryRemove(client.Key, out _);
    }
}
