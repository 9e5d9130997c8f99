using SipGateway.Grains.Interfaces;

namespace SipGateway.Identity;

/// <summary>
/// Where users prove who they are: the OAuth 2.0 device grant (RFC 8628) seen from the gateway. The phone never sees a token. Runs
/// outside grain turns.
/// </summary>
public interface ISignInAuthority
{
    /// <summary>Which one; tenants choose by this.</summary>
    SignInAuthorityKind Kind { get; }

    /// <summary>
    /// Asks for a pairing code, waits until it is used or ends, and says who signed in. Yields zero or one
    /// <see cref="SignInCodeReport"/> step and then exactly
    /// one <see cref="SignInResultReport"/> step; failures are steps, not exceptions. With a resume handle it goes on where another
    /// process stopped, when it can.
    /// </summary>
    IAsyncEnumerable<SignInStep> RunAsync(SignInAttempt attempt, TenantSettings settings, CancellationToken cancellation);
}

/// <summary>One step of a sign-in; exactly one of the two is set.</summary>
/// <param name="Code">The pairing code is there.</param>
/// <param name="Result">It ended.</param>
public sealed record SignInStep(SignInCodeReport? Code, SignInResultReport? Result);
