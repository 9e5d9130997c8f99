using System.Net;
using SipGateway.Hosting;
using SipGateway.Portal;
using SipGateway.Trust;

namespace SipGateway.AdminApi;

/// <summary>Judges keys and access tokens, for the calls and for the portal alike: one count of wrong ones per address, one journal.</summary>
internal sealed class CredentialDoor(
    AdminApiOptions options, NamedAdminKeys keys, AdminTokens tokens, WrongKeyLimiter limiter, RefusalJournal journal) : ICredentialDoor
{
    private const string PortalTarget = "POST /session";

    private readonly AdminCaller _owner = new($"admin-key:{options.Key.Id}", [AdminGrant.Everything]);

    /// <inheritdoc/>
    public async ValueTask<CredentialVerdict> JudgeAsync(string credential, IPAddress? source, CancellationToken cancellation) =>
        (await JudgeAsync(credential, source, PortalTarget, cancellation)).Verdict;

    /// <inheritdoc/>
    async ValueTask<CredentialVerdict> ICredentialDoor.JudgeAgainAsync(string credential, CancellationToken cancellation) =>
        (await JudgeAgainAsync(credential, cancellation)).Verdict;

    /// <summary>Judges again what was right before, while what it opened is open: nothing is counted or journalled.</summary>
    public async ValueTask<(CredentialVerdict Verdict, AdminCaller? Caller)> JudgeAgainAsync(string credential, CancellationToken cancellation) =>
        tokens.IsToken(credential) ? await tokens.JudgeAsync(credential, cancellation)
        : CallerOf(credential) is { } holder ? (CredentialVerdict.Right, holder) : (CredentialVerdict.Wrong, null);

    /// <summary>Judges what came with a request; the right one is never limited.</summary>
    /// <param name="credential">The key or token; null when none was shown.</param>
    /// <param name="source">Who showed it, as the connection has it; null when it has none.</param>
    /// <param name="target">What was asked for, for the journal.</param>
    /// <param name="cancellation">Ends the wait for the server that signed the token.</param>
    public async ValueTask<(CredentialVerdict Verdict, AdminCaller? Caller)> JudgeAsync(
        string? credential, IPAddress? source, string target, CancellationToken cancellation)
    {
        var (verdict, caller) = credential is null ? (CredentialVerdict.Wrong, null) : await JudgeAgainAsync(credential, cancellation);
        if (verdict is not (CredentialVerdict.Wrong or CredentialVerdict.NoRole))
        {
            return (verdict, caller);
        }

        var address = SourceNetwork.Plain(source ?? IPAddress.None);
        if (!limiter.TryNote(address))
        {
            return (CredentialVerdict.TooMany, null);
        }

        var outcome = verdict == CredentialVerdict.NoRole ? "NO_ROLE" : "UNAUTHENTICATED";
        journal.Note("", caller?.Actor ?? "anonymous", target, "call", outcome, $"from {address}");
        return (verdict, null);
    }

    private AdminCaller? CallerOf(string key) => options.Key.Matches(key) ? _owner : keys.CallerOf(key);
}
