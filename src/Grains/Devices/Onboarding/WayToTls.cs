using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>
/// What a candidate that asked over plain http was last told. Its configuration waits for it on TLS, but whether it has our CA nobody can
/// see: so it is sent there, and when it did not arrive, its next run gets the bootstrap, with the CA's address, and the run after that is sent
/// again. Not durable: after an activation it is sent first.
/// </summary>
/// <param name="CandidateId">Which candidate.</param>
/// <param name="IsSent">It was sent to TLS and has not been seen there.</param>
/// <param name="AskedAtUtc">Its last fetch.</param>
internal sealed record WayToTls(string CandidateId, bool IsSent, DateTimeOffset AskedAtUtc)
{
    // Longer than a phone takes between two files, shorter than from one run to the next.
    private static readonly TimeSpan RunPause = TimeSpan.FromSeconds(30);

    /// <summary>One more fetch over plain http by a candidate whose configuration waits for it.</summary>
    public static WayToTls Ask(WayToTls? last, string candidateId, ConfigFile file, DateTimeOffset now)
    {
        if (last?.CandidateId != candidateId) return new WayToTls(candidateId, IsSent: true, now);
        var isSameRun = !file.IsBoot() && now - last.AskedAtUtc < RunPause;
        return last with { IsSent = isSameRun ? last.IsSent : !last.IsSent, AskedAtUtc = now };
    }
}
