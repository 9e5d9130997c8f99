using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Components;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>From a MAC address to a phone with a user on it. The address keeps which phone it is, so that a reload goes on where it was.</summary>
public sealed partial class AddPhonePage
{
    private static readonly IReadOnlyList<(AddStep Step, string Label)> Steps =
        [(AddStep.Phone, Texts.StepPhone), (AddStep.Code, Texts.StepCode), (AddStep.SignIn, Texts.StepSignIn), (AddStep.Done, Texts.StepDone)];

    private string _mac = "";
    private string _location = "";
    private (string? Phone, string? Why) _refusal;
    private Device? _device;
    private GenerateVerificationCodeResponse? _code;
    private StartSignInResponse? _signIn;
    private bool _isBusy;

    [SupplyParameterFromQuery(Name = "phone")]
    private string? Phone { get; set; }

    // What was refused stays until the next command, or until it is about another phone.
    private string? Refusal => _refusal.Phone == Phone ? _refusal.Why : null;

    private AddStep Step => _device?.State switch
    {
        null => AddStep.Phone,
        Device.Types.State.SignedIn => AddStep.Done,
        Device.Types.State.WaitingForSignIn => AddStep.SignIn,
        _ => AddStep.Code,
    };

    private string DevicePath => _device is null ? PortalPaths.Devices : PortalPaths.Device(AdminClient.TailOf(_device));

    /// <summary>Looks how far the phone is.</summary>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (Phone is not { Length: > 0 } tail)
        {
            _device = null;
        }
        else
        {
            _device = await Admin.DeviceAsync(Admin.NameOf(tail), cancellation);
        }
    }

    private Task ClaimAsync() => DoAsync(async () =>
    {
        var device = await ClaimedAsync();
        if (device.State is Device.Types.State.Onboarded or Device.Types.State.WaitingOnActivation or Device.Types.State.Unspecified)
        {
            _code = await Admin.NewCodeAsync(device.Name, Life);
        }

        Navigation.NavigateTo($"{PortalPaths.Add}?phone={Uri.EscapeDataString(AdminClient.TailOf(device))}", replace: true);
    });

    // A phone that is claimed already goes on from where it is; what is typed here is where it stands now.
    private async Task<Device> ClaimedAsync()
    {
        var asked = new Device { Mac = _mac.Trim(), Location = _location.Trim() };
        try
        {
            return await Admin.ClaimAsync(asked, Life);
        }
        catch (AdminFailure failure) when (failure.Code == StatusCode.AlreadyExists)
        {
            asked.Name = Admin.NameOf(asked.Mac);
            if (asked.Location.Length == 0)
            {
                return await Admin.DeviceAsync(asked.Name, Life);
            }

            var update = new UpdateDeviceRequest { Device = asked, UpdateMask = new FieldMask { Paths = { "location" } } };
            return await Admin.CallAsync(call => Admin.Devices.UpdateDeviceAsync(update, call), Life);
        }
    }

    private Task NewCodeAsync() => DoAsync(async () => _code = await Admin.NewCodeAsync(_device!.Name, Life));

    private Task StartSignInAsync() => DoAsync(async () => _signIn = await Admin.StartSignInAsync(_device!.Name, Life));

    private async Task DoAsync(Func<Task> command)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        _refusal = (Phone, await TryAsync(command));
        _isBusy = false;
    }

    private void StartOver()
    {
        (_mac, _code, _signIn, _device) = ("", null, null, null);
        Navigation.NavigateTo(PortalPaths.Add);
    }
}

/// <summary>The wizard's steps.</summary>
internal enum AddStep
{
    /// <summary>Which phone.</summary>
    Phone,

    /// <summary>Dial the code.</summary>
    Code,

    /// <summary>Somebody signs in.</summary>
    SignIn,

    /// <summary>Done.</summary>
    Done,
}
