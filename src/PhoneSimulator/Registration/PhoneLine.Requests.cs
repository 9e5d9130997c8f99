using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <content>What comes from the server: responses, and requests that are answered once however often they come.</content>
internal sealed partial class PhoneLine
{
    /// <summary>Most answers kept for repeated requests. Default: 32; a phone has one or two transactions at a time.</summary>
    private const int MaxAnswers = 32;

    private readonly Dictionary<(string Branch, string Method), byte[]?> _answers = [];
    private readonly Queue<(string Branch, string Method)> _answerOrder = new();

    private async ValueTask OnMessageAsync(Connection connection, SipMessage message, CancellationToken stop)
    {
        if (message is SipResponse response)
        {
            await connection.Exchanges.OnResponseAsync(response, stop).ConfigureAwait(false);
            return;
        }

        var request = (SipRequest)message;
        if (request.Method == SipMethod.Ack || SipRequestValidation.Check(request) is not null)
        {
            return;
        }

        var key = (request.TopVia?.Branch ?? request.CallId!, request.Method.Text);
        var deed = NotifyDeed.Nothing;
        if (!_answers.TryGetValue(key, out var answer))
        {
            answer = Answer(request, out deed);
            Remember(key, answer);
        }

        if (answer is not null)
        {
            await connection.Flow.SendAsync(answer, stop).ConfigureAwait(false);
        }

        _obey(deed, request);
    }

    private byte[]? Answer(SipRequest request, out NotifyDeed deed)
    {
        deed = NotifyDeed.Nothing;
        if (request.Method == SipMethod.Notify)
        {
            var verdict = _onNotify(request, _guard);
            deed = verdict.Deed;
            return verdict.StatusCode == 0 ? null
                : verdict.Challenge is { } challenge ? Response(request, verdict.StatusCode).Add(SipHeaderName.WwwAuthenticate, challenge).Build()
                : Respond(request, verdict.StatusCode);
        }

        if (request.Method == SipMethod.Bye)
        {
            return Respond(request, OnBye(request) ? 200 : 481);
        }

        return Respond(request, request.Method.Text switch
        {
            "OPTIONS" => 200,
            "INVITE" => 486,
            "CANCEL" => 481,
            _ => request.Method.IsKnown ? 405 : 501,
        });
    }

    private byte[] Respond(SipRequest request, int statusCode) => Response(request, statusCode).Build();

    private SipResponseBuilder Response(SipRequest request, int statusCode) => SipResponseBuilder
        .For(request, statusCode, toTag: _fromTag)
        .Add(SipHeaderName.UserAgent, Account.UserAgent)
        .Add(SipHeaderName.Allow, "INVITE, ACK, BYE, CANCEL, OPTIONS, NOTIFY");

    private void Remember((string Branch, string Method) key, byte[]? answer)
    {
        _answers[key] = answer;
        _answerOrder.Enqueue(key);
        if (_answerOrder.Count > MaxAnswers)
        {
            _answers.Remove(_answerOrder.Dequeue());
        }
    }
}
