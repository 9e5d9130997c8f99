using System.Collections.Immutable;

namespace SipGateway.Identity;

/// <summary>How the gateway reaches the places where users sign in.</summary>
public sealed record IdentityOptions
{
    /// <summary>Where the encrypted token caches of Entra users are kept. Required.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>The embedded directory.</summary>
    public EmbeddedAuthorityOptions Embedded { get; init; } = new();

    /// <summary>Microsoft Entra; tenant and application are each tenant's own setting.</summary>
    public EntraAuthorityOptions Entra { get; init; } = new();

    /// <summary>Everything that is wrong with these options, one sentence each; empty when nothing is.</summary>
    public ImmutableArray<string> Validate()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            errors.Add("The sign-in authorities have no data directory; set DataDirectory.");
        }

        errors.AddRange(Embedded.Validate());
        errors.AddRange(Entra.Validate());
        return errors.ToImmutable();
    }
}
