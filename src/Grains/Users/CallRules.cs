using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>What the feature codes set for a user: pure.</summary>
internal static class CallRules
{
    public static UserDecision Decide(UserCommand.ApplyFeature command, UserState state, UserKey key, DateTimeOffset now)
    {
        if (!state.Exists) return UserDecision.Answer(UserRules.Unknown(key));
        if (NeedsNumber(command.Feature) && !UserValidation.IsDialable(command.Argument))
        {
            return UserDecision.Answer(Refusal.Invalid("NUMBER_INVALID", "A number must follow the code, such as *33*493012345."));
        }

        var next = state.Copy();
        if (!Apply(command, next))
        {
            return UserDecision.Answer(Refusal.Invalid("FEATURE_UNKNOWN", "This code changes no call setting."));
        }

        if (IsSame(state, next)) return UserDecision.Answer(CommandOutcome.Done);
        next.Version++;
        var audit = UserRules.Audit(key, "user.setCalls", command.Actor, now) with { Detail = command.Feature.ToString() };
        return new UserDecision(CommandOutcome.Done, next, new() { Audit = [audit] });
    }

    private static bool NeedsNumber(FeatureKind feature) => feature is FeatureKind.Forward or FeatureKind.ForwardOnTimeout or FeatureKind.SimultaneousRing;

    private static bool Apply(UserCommand.ApplyFeature command, UserState next)
    {
        switch (command.Feature)
        {
            case FeatureKind.DoNotDisturbOn: next.DoNotDisturb = true; return true;
            case FeatureKind.DoNotDisturbOff: next.DoNotDisturb = false; return true;
            case FeatureKind.Forward: next.ForwardTo = command.Argument; return true;
            case FeatureKind.ForwardOnTimeout: next.ForwardOnTimeoutTo = command.Argument; return true;
            case FeatureKind.SimultaneousRing: next.SimultaneousRing = command.Argument; return true;
            case FeatureKind.ResetForwarding:
                next.ForwardTo = next.ForwardOnTimeoutTo = next.SimultaneousRing = "";
                return true;
            default: return false;
        }
    }

    private static bool IsSame(UserState a, UserState b) => a.DoNotDisturb == b.DoNotDisturb
        && a.ForwardTo == b.ForwardTo
        && a.ForwardOnTimeoutTo == b.ForwardOnTimeoutTo
        && a.SimultaneousRing == b.SimultaneousRing;
}
