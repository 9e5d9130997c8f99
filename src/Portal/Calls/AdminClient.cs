using Grpc.Core;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>Calls the admin API with the key or token of whoever has this page open.</summary>
internal sealed partial class AdminClient(
    AdminChannel channel, AuthenticationStateProvider who, PortalSessions sessions, ICredentialDoor door, PortalOptions options, NavigationManager navigation,
    TimeProvider time)
{
    // A sign-in waits up to ten seconds for its code.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary><c>tenants/T</c></summary>
    public string Tenant => $"tenants/{options.Tenant}";

    /// <summary>The phones.</summary>
    public Devices.DevicesClient Devices => new(channel.Invoker);

    /// <summary>The people.</summary>
    public Users.UsersClient Users => new(channel.Invoker);

    /// <summary>What goes on after a reply.</summary>
    public Operations.OperationsClient Operations => new(channel.Invoker);

    /// <summary>The resource name of a device, by its tail: <c>MAC</c> or <c>MAC/lines/N</c>.</summary>
    public string NameOf(string tail) => $"{Tenant}/devices/{tail}";

    /// <summary>The tail of a device's resource name.</summary>
    public static string TailOf(Device device) => device.Name[(device.Name.IndexOf("/devices/", StringComparison.Ordinal) + "/devices/".Length)..];

    /// <summary>Makes sure that a command that is sent twice is done once.</summary>
    public static string NewRequestId() => Guid.NewGuid().ToString("N");

    /// <summary>Makes one call; leads to the sign-in page when the session has ended.</summary>
    /// <exception cref="AdminFailure">The gateway refused, or cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation = default)
    {
        var headers = await HeadersAsync();
        try
        {
            return await call(new CallOptions(headers, time.GetUtcNow().UtcDateTime + Patience, cancellation));
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException e)
        {
            var failure = AdminFailure.From(e);
            throw failure.Code == StatusCode.Unauthenticated ? SignIn(failure) : failure;
        }
    }

    /// <summary>Whether the session still stands: not signed out, not too old, and its key or token still counts.</summary>
    public async ValueTask<bool> HasSessionAsync(CancellationToken cancellation) => await SessionAsync() is { } session
        && await door.JudgeAgainAsync(session.Credential, cancellation) is CredentialVerdict.Right or CredentialVerdict.Unavailable;

    /// <summary>Leads to the sign-in page, and from there back here.</summary>
    public void GoToSignIn()
    {
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"{PortalPaths.SignIn}?why={SignInReason.Ended}&next={Uri.EscapeDataString(here)}", forceLoad: true);
    }

    private async Task<PortalSession?> SessionAsync() =>
        PortalSession.Of((await who.GetAuthenticationStateAsync()).User) is { } session && sessions.IsLive(session) ? session : null;

    private async Task<Metadata> HeadersAsync()
    {
        return await SessionAsync() is { } session
            ? new Metadata { { "authorization", $"Bearer {session.Credential}" } }
            : throw SignIn(new AdminFailure(StatusCode.Unauthenticated, Texts.SessionEnded));
    }

    private AdminFailure SignIn(AdminFailure failure)
    {
        GoToSignIn();
        return failure;
    }
}
