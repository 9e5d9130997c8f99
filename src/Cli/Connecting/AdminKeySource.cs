namespace SipGateway.Cli;

/// <summary>Where the admin key comes from: a file that was named, the environment, or the data directory of a gateway started here.</summary>
internal static class AdminKeySource
{
    private const string DefaultFile = "./data/admin.key";

    /// <exception cref="CommandFailure">There is no key; says where it was looked for.</exception>
    public static string Read(string? keyFile)
    {
        var file = keyFile ?? Environment.GetEnvironmentVariable("SIPGW_KEY_FILE");
        if (file is null && Environment.GetEnvironmentVariable("SIPGW_KEY") is { Length: > 0 } key)
        {
            return key.Trim();
        }

        try
        {
            return File.ReadAllText(file ?? DefaultFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCodes.NoValidKey,
                $"The admin key cannot be read from {file ?? DefaultFile} ({e.Message}). "
                + "Name its file with --key-file or SIPGW_KEY_FILE, or put the key into SIPGW_KEY.");
        }
    }
}
