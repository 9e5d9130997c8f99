namespace SipGateway.Grains;

/// <summary>The key of a user's grain: <c>tenant/userid</c>, lower case.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="UserId">The user, lower case.</param>
internal sealed record UserKey(string Tenant, string UserId)
{
    public static UserKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new UserKey("", key) : new UserKey(key[..slash], key[(slash + 1)..]);
    }

    public override string ToString() => $"{Tenant}/{UserId}";
}
