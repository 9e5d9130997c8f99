using System.Net;
using SipGateway.Portal;
using SipGateway.Trust;

namespace SipGateway.AdminApi;

/// <summary>Judges keys, for the calls and for the portal alike: one count of wrong ones per address, one journal.</summary>
internal sealed class AdminKeyDoor(AdminApiOptions options, WrongKeyLimiter limiter, RefusalJournal journal) : IAdminKeyDoor
{
    private const string PortalTarget = "POST /session";

    /// <inheritdoc/>
    public KeyVerdict Judge(string key, IPAddress? source) => Judge(key, source, PortalTarget);

    /// <summary>Judges the key of a request; the right one is never limited.</summary>
    /// <param name="key">The key; null when none was shown.</param>
    /// <param name="source">Who showed it, as the connection has it; null when it has none.</param>
    /// <param name="target">What was asked for, for the journal.</param>
    public KeyVerdict Judge(string? key, IPAddress? source, string target)
    {
        if (key is not null && options.Key.Matches(key))
        {
            return KeyVerdict.Right;
        }

        var address = SourceNetwork.Plain(source ?? IPAddress.None);
        if (!limiter.TryNote(address))
        {
            return KeyVerdict.TooMany;
        }

        journal.Note("", "anonymous", target, "call", "UNAUTHENTICATED", $"from {address}");
        return KeyVerdict.Wrong;
    }
}
