using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Users on and off the phone.</summary>
internal sealed partial class DevicesCalls
{
    /// <inheritdoc/>
    public override async Task<StartSignInResponse> StartSignIn(StartSignInRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var grain = devices.Grain(mac);
        var command = new StartSignInCommand { Admin = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag) };
        var started = await grain.StartSignIn(command);
        started.Outcome.ThrowUnlessDone(DeviceMessages.NameOf(tenant, mac));
        return request.ValidateOnly ? new StartSignInResponse() : await CodeOfSignInAsync(grain, started.View, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Device> AssignUser(AssignUserRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var outcome = await devices.Grain(mac).AssignUser(new AssignUserCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag),
            UserId = ResourceNames.UserOf(tenant, request.User, "user"),
        });
        outcome.ThrowUnlessDone(DeviceMessages.NameOf(tenant, mac), "user");
        return await devices.AfterAsync(outcome, tenant, mac, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Operation> SignOutDevice(SignOutDeviceRequest request, ServerCallContext context)
    {
        var (tenant, mac) = ResourceNames.Device(request.Name);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        var outcome = await devices.Grain(mac).SignOut(new SignOutCommand { Admin = command });
        return await operations.AfterAsync(outcome, DeviceMessages.NameOf(tenant, mac), command, "signOut", context.CancellationToken);
    }

    // The authority is asked beside the grain; the grain knows the code a moment later.
    private async Task<StartSignInResponse> CodeOfSignInAsync(IDeviceGrain grain, SignInView view, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (view.Progress is SignInProgress.None or SignInProgress.Preparing)
        {
            if (time.GetElapsedTime(started) >= options.SignInCodeWait)
            {
                throw AdminErrors.NotYet(
                    "SIGN_IN_CODE_PENDING",
                    "The identity provider has not given a pairing code yet. The sign-in goes on: ask again, and you get the same attempt's code.");
            }

            await Task.Delay(options.PollInterval, time, cancellation);
            view = await grain.GetSignIn();
        }

        return view.Progress == SignInProgress.Pending
            ? new StartSignInResponse
            {
                VerificationUri = view.VerificationUri,
                UserCode = view.UserCode,
                ExpireTime = DeviceMessages.TimeOf(view.ExpiresAtUtc),
                VerificationUriComplete = view.VerificationUriComplete,
            }
            : throw (view.Progress == SignInProgress.SignedIn
                ? AdminErrors.Make(StatusCode.FailedPrecondition, "ALREADY_SIGNED_IN",
                    $"{view.Message} is signed in on this phone. Sign out first.")
                : AdminErrors.Make(StatusCode.FailedPrecondition, "SIGN_IN_FAILED", $"The sign-in did not start: {view.Message}"));
    }
}
