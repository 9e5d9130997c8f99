using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>What the admins' side needs from its host.</summary>
public sealed record AdminApiOptions
{
    /// <summary>The key that callers show; see <see cref="AdminKeyFile.LoadOrCreate"/>.</summary>
    public required AdminKey Key { get; init; }

    /// <summary>The file of named keys, see <see cref="AdminKeysFile"/>; empty: there is none. Default: none.</summary>
    public string NamedKeysPath { get; init; } = "";

    /// <summary>The server whose access tokens count. Default: none.</summary>
    public AdminOidcOptions? Oidc { get; init; }

    /// <summary>How many wrong keys one address may show in a minute before it is told to wait and its tries are no longer journalled. Default 20.</summary>
    public int WrongKeysPerMinute { get; init; } = 20;

    /// <summary>
    /// Whether the first claim, user, policy or site of a tenant makes the tenant. Default true: the holder of the gateway's own key may make tenants anyway.
    /// </summary>
    public bool MakesTenantsOnFirstUse { get; init; } = true;

    /// <summary>How long <c>startSignIn</c> waits for the pairing code. Default 10 s: authorities answer within two.</summary>
    public TimeSpan SignInCodeWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an answer that is waited for is looked up. Default 200 ms.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How often the key or token that a stream was opened with is judged again. Default 5 s: a key that was taken back hears no more after it, and a
    /// thousand streams cost two hundred look-ups a second.
    /// </summary>
    public TimeSpan StreamJudgePause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Says everything that is wrong at once.</summary>
    /// <exception cref="ArgumentException">At least one value cannot be.</exception>
    public void Validate()
    {
        List<string> errors = [];
        if (WrongKeysPerMinute < 1)
        {
            errors.Add($"{nameof(WrongKeysPerMinute)} is {WrongKeysPerMinute}; it must be at least 1");
        }

        if (SignInCodeWait <= TimeSpan.Zero || SignInCodeWait > TimeSpan.FromMinutes(1))
        {
            errors.Add($"{nameof(SignInCodeWait)} is {SignInCodeWait}; it must be above zero and at most a minute");
        }

        if (PollInterval <= TimeSpan.Zero || PollInterval > TimeSpan.FromSeconds(5))
        {
            errors.Add($"{nameof(PollInterval)} is {PollInterval}; it must be above zero and at most five seconds");
        }

        if (StreamJudgePause <= TimeSpan.Zero || StreamJudgePause > TimeSpan.FromMinutes(1))
        {
            errors.Add($"{nameof(StreamJudgePause)} is {StreamJudgePause}; it must be above zero and at most a minute");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors));
        }
    }
}
