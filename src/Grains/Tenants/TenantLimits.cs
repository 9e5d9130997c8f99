namespace SipGateway.Grains;

/// <summary>Bounds of one tenant.</summary>
internal static class TenantLimits
{
    /// <summary>Default: 100 wrong codes an hour. Twenty technicians who mistype five times are served; guessing a six-digit code takes a
    /// year on average.</summary>
    public const int MaxWrongCodesPerHour = 100;

    /// <summary>Default: 10 wrong codes an hour from one network; two phones' worth of mistyping, and ten networks until all must wait.</summary>
    public const int MaxWrongCodesPerHourAndNetwork = 10;

    /// <summary>Default: 64. Each fetch and each REGISTER of a claimed phone walks through them.</summary>
    public const int MaxTrustedRanges = 64;

    /// <summary>Default: 500. All policies travel with the tenant's snapshot.</summary>
    public const int MaxPolicies = 500;

    /// <summary>Default: 20 revisions of one policy: whoever rolls back further writes it anew.</summary>
    public const int MaxRevisionsPerPolicy = 20;

    /// <summary>Default: 400 revisions of all policies, some 200 KB that are written with each change of the tenant.</summary>
    public const int MaxRevisions = 400;

    /// <summary>Default: 100 models in one policy: every vendor's whole range.</summary>
    public const int MaxModels = 100;

    /// <summary>Default: 2000. All sites travel with the tenant's snapshot.</summary>
    public const int MaxSites = 2000;

    /// <summary>Default: 20. The dial plan of the smallest phones holds no more.</summary>
    public const int MaxEmergencyNumbers = 20;

    /// <summary>Default: 100 values of the vendor's own keys in one policy; more belong in a template.</summary>
    public const int MaxSettings = 100;

    /// <summary>Default: 500 characters of one value.</summary>
    public const int MaxSettingLength = 500;
}
