using System.Text;
using Microsoft.Extensions.Logging;

namespace SipGateway.Edge;

/// <summary>
/// Who guesses passwords: failures by source and name, and by source. A ban takes the answer from wrong digests, and from what no phone needs
/// that is not registered yet; it never touches the flow of a live registration or a digest that verifies.
/// </summary>
internal sealed partial class Bans
{
    // 1 MB each. Whoever fills them with names pushes out what was nearly forgiven, and meets the count of his source.
    private const int Capacity = 1 << 16;

    private readonly FixedTable failures = new(Capacity);
    private readonly FixedTable announced = new(Capacity / 8);
    private readonly EdgeSipLimits limits;
    private readonly LiveFlows live;
    private readonly EdgeSipMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger<Bans> logger;
    private readonly long startedAt;
    private readonly BanPolicy ofName;

    public Bans(EdgeSipLimits limits, LiveFlows live, EdgeSipMetrics metrics, TimeProvider time, ILogger<Bans> logger)
    {
        this.limits = limits;
        this.live = live;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        startedAt = time.GetTimestamp();
        ofName = new BanPolicy(limits.WrongDigestsPerName, limits.WrongDigestForgiveness, limits.BanDuration, limits.LongestBan);
    }

    /// <summary>
    /// A digest was wrong. It counts only when the peer receives what is sent to its address: anybody can write another's address on a
    /// datagram, and somebody else's nonce into it.
    /// </summary>
    public FailureVerdict Failed(Flow flow, string name)
    {
        var source = SourceKey.Of(flow.Remote.Address);
        var ofSource = Policy(source);
        var pair = Fingerprint.Of('n', source, Encoding.UTF8.GetBytes(name));
        var verdict = flow.IsProven ? Count(flow, "name", pair, ofName) : Judge(pair, ofName);

        // What a ban of the name swallows anyway does not add to the source: one broken phone shall not speak for an office.
        if (verdict != FailureVerdict.Banned)
        {
            var whole = KeyOf(source);
            var wider = flow.IsProven ? Count(flow, "source", whole, ofSource) : Judge(whole, ofSource);
            verdict = (FailureVerdict)Math.Max((int)verdict, (int)wider);
        }

        // A registered phone with a wrong password for another line is told so as ever.
        verdict = live.IsLive(flow) ? FailureVerdict.Challenged : verdict;
        metrics.Refused(verdict switch
        {
            FailureVerdict.Banned => "banned",
            FailureVerdict.Slowed => "slowed",
            _ => "wrong_digest",
        });
        return verdict;
    }

    /// <summary>Whether what comes on this flow, and is no phone's way to register or to dial, goes unanswered.</summary>
    public bool Silences(Flow flow)
    {
        var source = SourceKey.Of(flow.Remote.Address);
        var forgivenAt = failures.Read(KeyOf(source));
        if (forgivenAt <= Now || BanRules.Judge(forgivenAt, Now, Policy(source)) != FailureVerdict.Banned || live.IsLive(flow))
        {
            return false;
        }

        metrics.Refused("banned");
        return true;
    }

    private long Now => time.GetElapsedTime(startedAt).Ticks;

    private static ulong KeyOf(ulong source) => Fingerprint.Of('s', source, []);

    // An office behind one address makes an office's mistakes.
    private BanPolicy Policy(ulong source) => new(
        limits.WrongDigestsPerSource + (limits.WrongDigestsPerLiveBinding * live.Count(source)), limits.WrongDigestForgivenessPerSource,
        limits.BanDuration, limits.LongestBan);

    private FailureVerdict Judge(ulong key, in BanPolicy policy) => BanRules.Judge(failures.Read(key), Now, policy);

    private FailureVerdict Count(Flow flow, string scope, ulong key, BanPolicy policy)
    {
        var now = Now;
        var before = failures.Change(key, (now, policy), static (forgivenAt, to) => BanRules.Fail(forgivenAt, to.now, to.policy));
        var after = BanRules.Judge(BanRules.Fail(before, now, policy), now, policy);
        if (after == FailureVerdict.Banned && BanRules.Judge(before, now, policy) != FailureVerdict.Banned)
        {
            metrics.BanBegan(scope);
            Announce(flow, scope, now);
        }

        return after;
    }

    // Whoever fails under many names shall not fill the log: one line for a source until its ban would be over.
    private void Announce(Flow flow, string scope, long now)
    {
        var until = now + limits.BanDuration.Ticks;
        var said = announced.Change(
            KeyOf(SourceKey.Of(flow.Remote.Address)), (now, until), static (before, to) => before > to.now ? before : to.until);
        if (said <= now)
        {
            LogBan(flow.Remote.Address.ToString(), scope, flow.Transport, limits.BanDuration.TotalMinutes);
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Security: {Source} sent too many wrong passwords and is banned, by {Scope}, over {Transport} for {Minutes} min or until it ends. "
        + "Phones behind it that are registered, or have the right password, are served.")]
    private partial void LogBan(string source, string scope, string transport, double minutes);
}
