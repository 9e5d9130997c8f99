using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using SipGateway.Grains;
using SipGateway.Grains.Interfaces;
using SipGateway.Identity;

namespace SipGateway.Silo;

/// <summary>See <see cref="ISignInRunner"/>: one background task for each attempt, and a bound on how many.</summary>
internal sealed partial class SignInRunner(
    IEnumerable<ISignInAuthority> authorities,
    ITenantCache tenants,
    IGrainFactory grains,
    SiloOptions options,
    TimeProvider time,
    ILogger<SignInRunner> logger) : ISignInRunner, IHostedService, IDisposable
{
    /// <summary>How often a step is offered to the device's grain. Default: 5 times over half a minute, longer than a silo's failure takes
    /// to be seen.</summary>
    private const int MaxReportAttempts = 5;

    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly Dictionary<SignInAuthorityKind, ISignInAuthority> byKind = authorities.GroupBy(a => a.Kind).ToDictionary(g => g.Key, g => g.Last());
    private readonly CancellationTokenSource stopping = new();

    /// <summary>How many attempts are under way.</summary>
    public int Count => running.Count;

    public void Ensure(SignInAttempt attempt)
    {
        if (stopping.IsCancellationRequested || running.ContainsKey(attempt.AttemptId)) return;
        if (running.Count >= options.MaxConcurrentSignIns)
        {
            LogFull(options.MaxConcurrentSignIns);
            return;
        }

        // The task begins only once it stands in the list, so that its end finds itself there.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = Task.Run(() => RunAsync(attempt, begin.Task), CancellationToken.None);
        if (running.TryAdd(attempt.AttemptId, task)) begin.SetResult();
        else begin.SetCanceled();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what is under way; the attempts are stored, and another silo goes on with them when their due time comes.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();

    private async Task RunAsync(SignInAttempt attempt, Task begin)
    {
        await begin.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (begin.IsCanceled) return;
        try
        {
            await AskAsync(attempt, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stored; another silo goes on.
        }
        catch (Exception failure)
        {
            LogFailed(failure, attempt.Tenant);
        }
        finally
        {
            running.TryRemove(attempt.AttemptId, out _);
        }
    }

    private async Task AskAsync(SignInAttempt attempt, CancellationToken cancellation)
    {
        var tenant = await tenants.GetAsync(attempt.Tenant, cancellation);
        if (!byKind.TryGetValue(tenant.Settings.Authority, out var authority))
        {
            await ReportAsync(attempt, Failed(attempt, "Sign-in is not set up. Ask your administrator."), cancellation);
            return;
        }

        var isEnded = false;
        try
        {
            await foreach (var step in authority.RunAsync(attempt, tenant.Settings, cancellation).WithCancellation(cancellation))
            {
                await ReportAsync(attempt, step, cancellation);
                if (step.Result is not null)
                {
                    isEnded = true;
                    break;
                }
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && failure is not ReportLostException)
        {
            LogAuthorityFailed(failure, attempt.Tenant);
        }

        if (!isEnded) await ReportAsync(attempt, Failed(attempt, "The sign-in service did not answer. Try again."), cancellation);
    }

    private static SignInStep Failed(SignInAttempt attempt, string message) =>
        new(null, new SignInResultReport { AttemptId = attempt.AttemptId, Failure = message });

    private async Task ReportAsync(SignInAttempt attempt, SignInStep step, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var device = grains.GetGrain<IDeviceGrain>(attempt.Mac);
                await (step is { Code: { } code } ? device.RecordSignInCode(code) : device.CompleteSignIn(step.Result!));
                return;
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                if (tries == MaxReportAttempts) throw new ReportLostException(failure);
            }

            await Task.Delay(TimeSpan.FromSeconds(1 << tries), time, cancellation);
        }
    }

    /// <summary>The device's grain could not be told; its due time brings the attempt back.</summary>
    private sealed class ReportLostException(Exception inner) : Exception("The phone's grain could not be told how its sign-in goes.", inner);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "{Max} sign-ins are under way on this silo; another one waits until there is room.")]
    private partial void LogFull(int max);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "The sign-in authority of tenant {Tenant} failed; the phone was told to try again.")]
    private partial void LogAuthorityFailed(Exception failure, string tenant);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning,
        Message = "A sign-in of tenant {Tenant} was given up on this silo; the phone's due time brings it back.")]
    private partial void LogFailed(Exception failure, string tenant);
}
