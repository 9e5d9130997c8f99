using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;
using SipGateway.Grains.Interfaces;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SipGateway.Identity;

/// <summary>
/// Sign-in at Microsoft Entra with the device grant, through Microsoft's own library. The library cannot take up a code that another
/// process
/// asked for, so an attempt whose code was shown before a restart ends as interrupted.
/// </summary>
internal sealed partial class EntraAuthority(
    EntraAuthorityOptions options, EntraTokenCache cache, TimeProvider time, ILogger<EntraAuthority> logger) : ISignInAuthority
{
    public SignInAuthorityKind Kind => SignInAuthorityKind.Entra;

    public async IAsyncEnumerable<SignInStep> RunAsync(
        SignInAttempt attempt, TenantSettings settings, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (WhyNot(attempt, settings) is { Length: > 0 } failure)
        {
            yield return Failed(attempt, failure);
            yield break;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var steps = Channel.CreateUnbounded<SignInStep>();
        var running = AcquireAsync(attempt, settings, steps.Writer, stop.Token);
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(cancellation))
            {
                yield return step;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private static string WhyNot(SignInAttempt attempt, TenantSettings settings)
    {
        if (attempt.ExpiresAtUtc is not null || attempt.ResumeHandle.Length > 0)
        {
            return SignInFailures.Interrupted;
        }

        if (settings.EntraTenantId.Length == 0 || settings.EntraClientId.Length == 0)
        {
            return EntraFailures.NotConfigured;
        }

        return settings.EntraTenantId.ToLowerInvariant() is "common" or "organizations" or "consumers" ? EntraFailures.OneTenant : "";
    }

    private static SignInStep Failed(SignInAttempt attempt, string failure) =>
        new(null, new SignInResultReport { AttemptId = attempt.AttemptId, Failure = failure });

    private async Task AcquireAsync(
        SignInAttempt attempt, TenantSettings settings, ChannelWriter<SignInStep> steps, CancellationToken cancellation)
    {
        Exception? ended = null;
        try
        {
            using var http = new EntraHttpClients(new EntraPollHandler(options.HandlerFactory?.Invoke() ?? new SocketsHttpHandler(), time));
            var client = BuildClient(settings, http);
            cache.Attach(client);
            var result = await client.AcquireTokenWithDeviceCode(options.Scopes, code =>
            {
                steps.TryWrite(new(Report(attempt, code), null));
                return Task.CompletedTask;
            }).ExecuteAsync(cancellation);
            steps.TryWrite(Finish(attempt, settings, result));
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            ended = e;
        }
        catch (Exception e)
        {
            LogFailed(e is MsalException msal ? msal.ErrorCode : e.GetType().Name);
            steps.TryWrite(Failed(attempt, EntraFailures.Of(e)));
        }

        steps.TryComplete(ended);
    }

    private IPublicClientApplication BuildClient(TenantSettings settings, EntraHttpClients http) => PublicClientApplicationBuilder
        .Create(settings.EntraClientId)
        .WithAuthority(new Uri(options.AuthorityHost, settings.EntraTenantId).AbsoluteUri, validateAuthority: options.InstanceDiscovery)
        .WithInstanceDiscovery(options.InstanceDiscovery)
        .WithHttpClientFactory(http)
        .Build();

    private static SignInCodeReport Report(SignInAttempt attempt, DeviceCodeResult code) => new()
    {
        AttemptId = attempt.AttemptId,
        UserCode = code.UserCode,
        VerificationUri = code.VerificationUrl,
        ExpiresAtUtc = code.ExpiresOn,
    };

    private SignInStep Finish(SignInAttempt attempt, TenantSettings settings, AuthenticationResult result)
    {
        var claims = result.ClaimsPrincipal;
        var tenant = claims?.FindFirst("tid")?.Value ?? result.TenantId ?? "";
        if (Guid.TryParse(settings.EntraTenantId, out var wanted) && (!Guid.TryParse(tenant, out var got) || got != wanted))
        {
            LogFailed("tenant_mismatch");
            return Failed(attempt, SignInFailures.OtherTenant);
        }

        return UserOf(claims) is { } user
            ? new(null, new SignInResultReport { AttemptId = attempt.AttemptId, User = user })
            : Failed(attempt, SignInFailures.NoUser);
    }

    // The tenant stays empty: the Entra tenant is the one that the device's own tenant is set to.
    private SignedInUser? UserOf(ClaimsPrincipal? claims)
    {
        var userId = First(claims, "preferred_username", "upn", "oid", "sub");
        return userId.Length == 0 ? null : new()
        {
            UserId = userId,
            DisplayName = First(claims, "name") is { Length: > 0 } display ? display : userId,
            PhoneNumber = First(claims, options.PhoneNumberClaim),
        };
    }

    private static string First(ClaimsPrincipal? claims, params string[] types) =>
        types.Select(t => claims?.FindFirst(t)?.Value).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";

    [LoggerMessage(EventId = 4301, Level = LogLevel.Information, Message = "A sign-in at Microsoft Entra ended without a user: {Error}")]
    private partial void LogFailed(string error);
}
