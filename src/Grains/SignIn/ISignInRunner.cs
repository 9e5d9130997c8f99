using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>
/// Asks identity providers on behalf of phones, outside grain turns. A device's grain hands an attempt over after it wrote it; the steps
/// come back to the grain as
/// commands (<see cref="IDeviceGrain.RecordSignInCode"/>, <see cref="IDeviceGrain.CompleteSignIn"/>).
/// </summary>
public interface ISignInRunner
{
    /// <summary>
    /// Sees to it that the attempt is under way on this silo; harmless when it is. Never waits and never throws. An attempt that could not
    /// be taken (too many at once,
    /// shutting down) is simply not under way: the grain asks again when its due time comes.
    /// </summary>
    void Ensure(SignInAttempt attempt);
}
