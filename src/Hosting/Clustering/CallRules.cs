using System.Collections.Frozen;
using System.Reflection;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Hosting;

/// <summary>Who may make which call of this project's grains. Orleans' own are not looked at.</summary>
public static class CallRules
{
    private static readonly FrozenDictionary<MethodInfo, CallRule> Rules = typeof(IDeviceGrain).Assembly.GetTypes()
        .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))
        .SelectMany(type => type.GetMethods())
        .ToFrozenDictionary(method => method, RuleOf);

    /// <summary>Every call that has a rule.</summary>
    public static IEnumerable<KeyValuePair<MethodInfo, CallRule>> All => Rules;

    /// <summary>The rule of a call; null for Orleans' own.</summary>
    public static CallRule? Of(MethodInfo? method) => method is not null && Rules.TryGetValue(method, out var rule) ? rule : null;

    // By the names that stay when the code is renamed: two versions run side by side.
    private static CallRule RuleOf(MethodInfo method) => new(
        $"{method.DeclaringType!.GetCustomAttribute<AliasAttribute>()!.Alias}/{method.GetCustomAttribute<AliasAttribute>()!.Alias}",
        method.IsDefined(typeof(CalledByEdgesAttribute)),
        method.GetParameters().Any(parameter => parameter.ParameterType.IsAssignableTo(typeof(IPhoneOrAdminCommand))));
}

/// <summary>Who may make one call.</summary>
/// <param name="Name">The call, by its names on the wire.</param>
/// <param name="IsCalledByEdges">An edge may, without a signature.</param>
/// <param name="HasTwoAskers">Only when no admin is named in it.</param>
public sealed record CallRule(string Name, bool IsCalledByEdges, bool HasTwoAskers)
{
    /// <summary>Whether this call with these arguments needs a signature.</summary>
    public bool NeedsSignature(Orleans.Serialization.Invocation.IInvokable call)
    {
        if (!IsCalledByEdges)
        {
            return true;
        }

        if (HasTwoAskers)
        {
            for (var i = 0; i < call.GetArgumentCount(); i++)
            {
                if (call.GetArgument(i) is IPhoneOrAdminCommand { Admin: not null })
                {
                    return true;
                }
            }
        }

        return false;
    }
}
