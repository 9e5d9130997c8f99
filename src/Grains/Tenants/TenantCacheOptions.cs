namespace SipGateway.Grains;

/// <summary>How long a silo may go by what it knows of a tenant.</summary>
public sealed record TenantCacheOptions
{
    /// <summary>The greatest age of a snapshot. Default: 5 seconds.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(5);
}
