namespace SipGateway.Cluster.Tests.Network;

/// <summary>What a wire does to datagrams, each way; parts of one.</summary>
/// <param name="Lost">Never arrive.</param>
/// <param name="Doubled">Arrive twice.</param>
/// <param name="Overtaken">Arrive after what was sent later.</param>
/// <param name="Corrupted">Arrive with one bit turned.</param>
/// <param name="Delay">How long each takes.</param>
/// <param name="Jitter">By how much more or less.</param>
internal sealed record WireFaults(
    double Lost = 0, double Doubled = 0, double Overtaken = 0, double Corrupted = 0, TimeSpan Delay = default, TimeSpan Jitter = default)
{
    public static readonly WireFaults None = new();
}
