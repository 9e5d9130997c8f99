using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>
/// Sign-in at an OpenID Connect server with the device grant (RFC 8628). Its metadata are read once and again when a token is signed
/// with a key that they do not have.
/// </summary>
internal abstract partial class OidcDeviceAuthority(
    HttpClient http, DeviceGrantCredentials credentials, DeviceGrantLimits limits, KeyRing ring, TimeProvider time, ILogger logger)
    : ISignInAuthority
{
    private readonly DeviceGrantClient client = new(http, credentials, time, limits.RequestTimeout);
    private DeviceGrantServer? known;

    public abstract SignInAuthorityKind Kind { get; }

    /// <summary>Where the server's metadata are.</summary>
    protected abstract Uri BaseAddress { get; }

    /// <summary>The issuer it must have; null: whichever it says.</summary>
    protected abstract string? ExpectedIssuer { get; }

    public async IAsyncEnumerable<SignInStep> RunAsync(
        SignInAttempt attempt, TenantSettings settings, [EnumeratorCancellation] CancellationToken cancellation)
    {
        PendingCode? pending;
        if (attempt.ResumeHandle.Length > 0)
        {
            pending = PendingCode.Unlock(ring, attempt);
            if (pending is null)
            {
                yield return Failed(attempt, SignInFailures.Interrupted);
                yield break;
            }
        }
        else
        {
            var (reply, failure) = await AskCodeAsync(attempt, cancellation);
            if (reply is null)
            {
                yield return Failed(attempt, failure);
                yield break;
            }

            pending = new(reply.DeviceCode, (reply.Interval ?? limits.IntervalWhenAbsent).TotalSeconds, time.GetUtcNow() + reply.ExpiresIn);
            yield return new(Report(attempt, reply, pending), null);
        }

        yield return new(null, await PollAsync(attempt, pending, cancellation));
    }

    /// <summary>More parameters for the request of a code.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> CodeParameters(SignInAttempt attempt) => [];

    /// <summary>Where people go with the code: as the server said, unless the authority knows better.</summary>
    protected virtual (string Uri, string Complete) VerificationAddress(DeviceCodeReply reply) =>
        (reply.VerificationUri, reply.VerificationUriComplete);

    /// <summary>The user that the claims name; null when they name none.</summary>
    protected virtual SignedInUser? UserOf(ClaimsIdentity claims) => claims.FindFirst("sub")?.Value is { Length: > 0 } subject
        ? new()
        {
            UserId = subject,
            DisplayName = claims.FindFirst("name")?.Value is { Length: > 0 } name ? name : subject,
            PhoneNumber = claims.FindFirst("phone_number")?.Value ?? "",
            Tenant = claims.FindFirst("tenant")?.Value ?? "",
        }
        : null;

    private static SignInStep Failed(SignInAttempt attempt, string failure) => new(null, Ended(attempt, failure));

    private static SignInResultReport Ended(SignInAttempt attempt, string failure) =>
        new() { AttemptId = attempt.AttemptId, Failure = failure };

    private SignInCodeReport Report(SignInAttempt attempt, DeviceCodeReply reply, PendingCode pending)
    {
        var (uri, complete) = VerificationAddress(reply);
        return new()
        {
            AttemptId = attempt.AttemptId,
            UserCode = reply.UserCode,
            VerificationUri = uri,
            VerificationUriComplete = complete,
            ExpiresAtUtc = pending.ExpiresAtUtc,
            ResumeHandle = pending.Lock(ring, attempt),
        };
    }

    private async Task<(DeviceCodeReply? Reply, string Failure)> AskCodeAsync(SignInAttempt attempt, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            if (await ServerAsync(cancellation) is { } server)
            {
                var (reply, unreachable, error) = await client.AskCodeAsync(server, CodeParameters(attempt), cancellation);
                if (reply is not null)
                {
                    return (reply, "");
                }

                if (!unreachable)
                {
                    return (null, error.Length > 0 ? SignInFailures.Refused(error) : SignInFailures.BadCodeReply);
                }
            }

            if (tries >= limits.MaxCodeRequests)
            {
                LogUnreachable(Kind);
                return (null, SignInFailures.Unreachable);
            }

            await Task.Delay(limits.IntervalWhenAbsent * tries, time, cancellation);
        }
    }

    private async Task<SignInResultReport> PollAsync(SignInAttempt attempt, PendingCode pending, CancellationToken cancellation)
    {
        var decision = DevicePollRules.Start(
            new(TimeSpan.FromSeconds(pending.IntervalSeconds), 0, pending.ExpiresAtUtc), time.GetUtcNow());
        while (decision.Wait is { } wait)
        {
            await Task.Delay(wait, time, cancellation);
            if (time.GetUtcNow() >= pending.ExpiresAtUtc)
            {
                return Ended(attempt, SignInFailures.Expired);
            }

            var answer = await ServerAsync(cancellation) is { } server
                ? await client.PollAsync(server, pending.DeviceCode, cancellation)
                : new PollAnswer(PollAnswerKind.Fault);
            LogPolled(answer.Kind, answer.Error);
            decision = DevicePollRules.Decide(decision.State, answer, time.GetUtcNow());
        }

        return decision.IdToken is { } idToken ? await FinishAsync(attempt, idToken, cancellation) : Ended(attempt, decision.Failure!);
    }

    private async Task<SignInResultReport> FinishAsync(SignInAttempt attempt, string idToken, CancellationToken cancellation)
    {
        var claims = await CheckAsync(idToken, cancellation);
        if (claims is null)
        {
            // The server may have new keys since its metadata were read.
            known = null;
            claims = await CheckAsync(idToken, cancellation);
        }

        if (claims is null)
        {
            LogBadToken(Kind);
            return Ended(attempt, SignInFailures.BadToken);
        }

        return UserOf(claims) is { } user ? new() { AttemptId = attempt.AttemptId, User = user } : Ended(attempt, SignInFailures.NoUser);
    }

    private async Task<ClaimsIdentity?> CheckAsync(string idToken, CancellationToken cancellation) =>
        await ServerAsync(cancellation) is { } server
            ? await IdTokenCheck.ReadAsync(idToken, server, credentials.ClientId, time.GetUtcNow()) : null;

    private async Task<DeviceGrantServer?> ServerAsync(CancellationToken cancellation)
    {
        if (known is { } server)
        {
            return server;
        }

        using var timeout = new CancellationTokenSource(limits.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            var found = await DeviceGrantServer.DiscoverAsync(http, BaseAddress, either.Token);
            if (ExpectedIssuer is { } expected && found.Issuer != expected)
            {
                LogWrongIssuer(Kind, found.Issuer, expected);
                return null;
            }

            return known = found;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            LogNoMetadata(Kind, e.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning,
        Message = "The sign-in server ({Kind}) gave no pairing code; the phone was told to try again.")]
    private partial void LogUnreachable(SignInAuthorityKind kind);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning,
        Message = "An id token of the sign-in server ({Kind}) did not verify; nobody was signed in.")]
    private partial void LogBadToken(SignInAuthorityKind kind);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Error,
        Message = "The sign-in server ({Kind}) calls itself {Issuer} where {Expected} is configured; it is not used.")]
    private partial void LogWrongIssuer(SignInAuthorityKind kind, string issuer, string expected);

    [LoggerMessage(EventId = 4204, Level = LogLevel.Debug,
        Message = "The metadata of the sign-in server ({Kind}) cannot be read: {Reason}")]
    private partial void LogNoMetadata(SignInAuthorityKind kind, string reason);

    [LoggerMessage(EventId = 4205, Level = LogLevel.Debug, Message = "Polled: {Answer} {Error}")]
    private partial void LogPolled(PollAnswerKind answer, string error);
}
