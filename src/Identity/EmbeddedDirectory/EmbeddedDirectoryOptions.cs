using System.Collections.Immutable;

namespace SipGateway.Identity;

/// <summary>How the embedded directory is set up.</summary>
public sealed record EmbeddedDirectoryOptions
{
    /// <summary>Where <c>directory.db</c> and the page's form keys are kept; made with mode 0700 when missing. Required.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>
    /// The name the directory signs its tokens with. It is a name and not an address: tokens stay good when host name or port change.
    /// Default: <c>https://directory.sipgateway.invalid/</c>.
    /// </summary>
    public Uri Issuer { get; init; } = new("https://directory.sipgateway.invalid/");

    /// <summary>How long a pairing code can be used. Default: 15 minutes, what Entra gives.</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often ended codes and tokens are removed. Default: 10 minutes.</summary>
    public TimeSpan PruningInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The bounds of the sign-in page.</summary>
    public SignInPageLimits Limits { get; init; } = new();

    /// <summary>Everything that is wrong with these options, one sentence each; empty when nothing is.</summary>
    public ImmutableArray<string> Validate()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            errors.Add("The embedded directory has no data directory; set DataDirectory.");
        }

        if (!Issuer.IsAbsoluteUri || Issuer.Scheme != Uri.UriSchemeHttps || Issuer.Query.Length > 0 || Issuer.Fragment.Length > 0)
        {
            errors.Add($"The issuer '{Issuer}' is not an absolute https address without query and fragment.");
        }

        if (CodeLifetime < TimeSpan.FromMinutes(1) || CodeLifetime > TimeSpan.FromHours(1))
        {
            errors.Add($"A pairing code that lives {CodeLifetime} is not possible; choose 1 minute to 1 hour.");
        }

        if (PruningInterval < TimeSpan.FromSeconds(10) || PruningInterval > TimeSpan.FromDays(1))
        {
            errors.Add($"A pruning interval of {PruningInterval} is not possible; choose 10 seconds to 1 day.");
        }

        errors.AddRange(Limits.Validate());
        return errors.ToImmutable();
    }
}

/// <summary>The bounds of the sign-in page.</summary>
public sealed record SignInPageLimits
{
    /// <summary>
    /// Wrong codes and passwords from one source (an IPv4 address, an IPv6 /64) within <see cref="Window"/>.
    /// Default: 20, because an office shares one address and people mistype.
    /// </summary>
    public int WrongTriesPerSource { get; init; } = 20;

    /// <summary>
    /// Wrong passwords for one user name within <see cref="Window"/>, whether there is such a user or not. Default: 5, below the
    /// user's own lock, so that a known and an unknown name end alike.
    /// </summary>
    public int WrongTriesPerUser { get; init; } = 5;

    /// <summary>How long wrong tries count, from the first. Default: 15 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Sources and users counted at once; beyond that the oldest go. Default: 10,000, about 2 MB.</summary>
    public int MaxCounted { get; init; } = 10_000;

    /// <summary>Bytes of a request's body. Default: 16 KiB, ten times what the page's forms need.</summary>
    public long MaxBodyBytes { get; init; } = 16 * 1024;

    internal IEnumerable<string> Validate()
    {
        if (WrongTriesPerSource < 1)
        {
            yield return "WrongTriesPerSource is less than 1; nobody could sign in.";
        }

        if (WrongTriesPerUser < 1)
        {
            yield return "WrongTriesPerUser is less than 1; nobody could sign in.";
        }

        if (Window <= TimeSpan.Zero)
        {
            yield return $"A window of {Window} counts nothing; choose more than zero.";
        }

        if (MaxCounted < 100)
        {
            yield return "MaxCounted is less than 100; a few sources would push the others out.";
        }

        if (MaxBodyBytes < 4096)
        {
            yield return "MaxBodyBytes is less than 4096; the page's own forms would not fit.";
        }
    }
}
