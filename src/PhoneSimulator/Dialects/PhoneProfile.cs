namespace SipGateway.PhoneSimulator;

/// <summary>What a phone's settings say, whatever its vendor calls them.</summary>
internal sealed record PhoneProfile
{
    /// <summary>Where it fetches from when the network does not say, or is not asked; null for nowhere.</summary>
    public string? Server { get; init; }

    /// <summary>It asks the network (DHCP) first.</summary>
    public bool Discovers { get; init; } = true;

    /// <summary>It looks for a server by multicast where DHCP says nothing.</summary>
    public bool AsksByMulticast { get; init; } = true;

    /// <summary>User and password for the server; null for none.</summary>
    public (string User, string Password)? Login { get; init; }

    /// <summary>It provisions at power on.</summary>
    public bool ProvisionsAtPowerOn { get; init; } = true;

    /// <summary>How often it asks again by itself; null for never.</summary>
    public TimeSpan? PollPeriod { get; init; }

    /// <summary>Where certificates to trust are fetched from; null for none.</summary>
    public string? CertificatesUrl { get; init; }

    /// <summary>It believes only servers whose certificate leads to one it trusts.</summary>
    public bool ChecksCertificates { get; init; } = true;

    /// <summary>It compares the name in the certificate, too.</summary>
    public bool ChecksName { get; init; }

    /// <summary>What the sign-in key opens; null without such a key.</summary>
    public string? SignInKey { get; init; }

    /// <summary>Its accounts, by number.</summary>
    public IReadOnlyList<AccountSettings> Accounts { get; init; } = [];
}
