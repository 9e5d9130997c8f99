using Xunit.v3;

namespace SipGateway.Tests.KnownAttacks;

/// <summary>Names the row of the table of known attacks that a test repeats against us.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class KnownAttackAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>The column <c>id</c> of the row.</summary>
    public string Id => id;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [KeyValuePair.Create("KnownAttack", id)];
}
