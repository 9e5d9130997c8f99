using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>Whether a dialled code counts, and what is to be written.</summary>
/// <param name="IsAllowed">It is looked at.</param>
/// <param name="Next">The counters; null when they stay.</param>
/// <param name="Effects">The audit row that tells when an allowance was used up.</param>
internal sealed record CodeAllowance(bool IsAllowed, TenantState? Next, StateEffects Effects);

/// <summary>
/// How many wrong codes a tenant puts up with in an hour, from all and from one network. One guess at each of ten thousand phones is ten thousand
/// guesses: so the count is the tenant's, and when it is used up a right code is refused like a wrong one.
/// </summary>
internal static class CodeAllowanceRules
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static CodeAllowance Decide(TenantState state, string tenant, string network, bool isRight, DateTimeOffset now)
    {
        if (!state.Exists) return new CodeAllowance(false, null, StateEffects.None);
        var isOver = state.WrongCodesSinceUtc is not { } since || now - since >= Window;
        var all = isOver ? 0 : state.WrongCodes;
        var networks = isOver ? null : state.WrongCodesByNetwork;
        var here = networks?.GetValueOrDefault(network) ?? 0;
        if (all >= TenantLimits.MaxWrongCodesPerHour || here >= TenantLimits.MaxWrongCodesPerHourAndNetwork)
            return new CodeAllowance(false, null, StateEffects.None);
        if (isRight) return new CodeAllowance(true, null, StateEffects.None);
        var next = state.Copy();
        next.WrongCodesSinceUtc = isOver ? now : state.WrongCodesSinceUtc;
        next.WrongCodes = all + 1;
        if (network.Length > 0) next.WrongCodesByNetwork = (networks ?? ImmutableSortedDictionary<string, int>.Empty).SetItem(network, here + 1);
        else next.WrongCodesByNetwork = networks;
        return new CodeAllowance(true, next, new StateEffects { Audit = [.. Alerts(tenant, network, all + 1, here + 1, now)] });
    }

    // At most eleven rows an hour: ten networks use up what the tenant has.
    private static IEnumerable<AuditRow> Alerts(string tenant, string network, int all, int here, DateTimeOffset now)
    {
        if (here == TenantLimits.MaxWrongCodesPerHourAndNetwork && network.Length > 0)
            yield return Row($"{here} wrong codes within an hour from {network}: codes from there are refused until the hour is over.");
        if (all == TenantLimits.MaxWrongCodesPerHour)
            yield return Row($"{all} wrong codes within an hour: all codes are refused until it is over, but from trusted ranges.");

        AuditRow Row(string detail) => new()
        {
            Tenant = tenant, AtUtc = now, Actor = "gateway", Action = "tenant.pauseCodes", Target = $"tenants/{tenant}", Outcome = "OK", Detail = detail,
        };
    }
}
