namespace SipGateway.Cli;

/// <summary>What the shell is told.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Error = 1;
    public const int Usage = 2;
    public const int NotFoundOrPartial = 3;
    public const int NoValidKey = 4;
    public const int TimeIsUp = 124;
}
