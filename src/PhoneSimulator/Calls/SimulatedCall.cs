namespace SipGateway.PhoneSimulator;

/// <summary>A call that the phone made, from its final answer on.</summary>
public sealed class SimulatedCall
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallDialog? _dialog;

    internal SimulatedCall(int statusCode, string reason, CallDialog? dialog)
    {
        StatusCode = statusCode;
        Reason = reason;
        _dialog = dialog;
        if (dialog is null)
        {
            _ended.SetResult();
        }
    }

    /// <summary>The final status of the INVITE; 0 when there was none.</summary>
    public int StatusCode { get; }

    /// <summary>The reason phrase, as the phone's screen shows it.</summary>
    public string Reason { get; }

    /// <summary>Whether it was answered.</summary>
    public bool IsAnswered => StatusCode is >= 200 and < 300;

    /// <summary>Whether the other side ended it; false while it lasts.</summary>
    public bool WasEndedByPeer { get; private set; }

    /// <summary>How many RTP packets came so far.</summary>
    public int RtpPacketsReceived => _dialog?.Rtp.PacketsReceived ?? 0;

    /// <summary>Completes when the call is over; at once for one that was not answered.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Hangs up; nothing when the call is over.</summary>
    public Task HangUpAsync(CancellationToken cancellation = default) => _dialog?.HangUpAsync(cancellation) ?? Task.CompletedTask;

    internal void End(bool byPeer)
    {
        WasEndedByPeer = byPeer;
        _ended.TrySetResult();
    }
}
