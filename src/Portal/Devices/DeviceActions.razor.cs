using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>What can be done with a phone, and how it goes until it is done.</summary>
public sealed partial class DeviceActions
{
    private GenerateVerificationCodeResponse? _code;
    private StartSignInResponse? _signIn;
    private Operation? _operation;
    private string _shown = "";

    // Stays until the next command, or until it is closed.
    private string? _refusal;
    private bool _isBusy;

    /// <summary>The phone.</summary>
    [Parameter, EditorRequired]
    public object Of { get; set; } = null!;

    /// <summary>Something was done: look again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>The phone is being deleted: it will not be found again.</summary>
    [Parameter]
    public EventCallback Deleted { get; set; }

    [CascadingParameter]
    private AdminRights Rights { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromSeconds(1);

    private Device Device => (Device)Of;

    // What the caller may not do is off; why is said below.
    private bool IsOff(string call) => _isBusy || !Rights.May(call);

    private bool IsSignedIn => Device.State == Device.Types.State.SignedIn;

    private bool IsWaitingForSignIn => Device.State == Device.Types.State.WaitingForSignIn;

    private bool IsOnline => Device.Connection == Device.Types.Connection.Online;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (_shown != Device.Name)
        {
            (_shown, _code, _signIn, _operation, _refusal) = (Device.Name, null, null, null, null);
        }

        return Task.CompletedTask;
    }

    /// <summary>Follows the operation that is under way.</summary>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (_operation is { Done: false, Name.Length: > 0 } running)
        {
            var seen = await Admin.CallAsync(
                call => Admin.Operations.GetOperationAsync(new GetOperationRequest { Name = running.Name }, call), cancellation);
            if (_operation == running)
            {
                _operation = seen;
                if (seen.Done)
                {
                    await Changed.InvokeAsync();
                }
            }
        }
    }

    private Task NewCodeAsync() => DoAsync(async () => _code = await Admin.NewCodeAsync(Device.Name, Life));

    private Task StartSignInAsync() => DoAsync(async () => _signIn = await Admin.StartSignInAsync(Device.Name, Life));

    private async Task AssignAsync()
    {
        var dialog = await Dialogs.ShowAsync<AssignDialog>(Texts.AssignUser, new DialogOptions { FullWidth = true, MaxWidth = MaxWidth.ExtraSmall });
        if (await dialog.Result is { Canceled: false, Data: string user })
        {
            var request = new AssignUserRequest { Name = Device.Name, User = user, RequestId = AdminClient.NewRequestId() };
            await DoAsync(() => Admin.CallAsync(call => Admin.Devices.AssignUserAsync(request, call), Life));
        }
    }

    private Task SignOutAsync() => OperateAsync(call => Admin.Devices.SignOutDeviceAsync(
        new SignOutDeviceRequest { Name = Device.Name, RequestId = AdminClient.NewRequestId() }, call));

    private Task ResyncAsync() => OperateAsync(call => Admin.Devices.ResyncDeviceAsync(
        new ResyncDeviceRequest { Name = Device.Name, RequestId = AdminClient.NewRequestId() }, call));

    private Task RestartAsync() => OperateAsync(call => Admin.Devices.RestartDeviceAsync(
        new RestartDeviceRequest { Name = Device.Name, RequestId = AdminClient.NewRequestId() }, call));

    // One phone is the fewest of many.
    private async Task ChangeTagsAsync()
    {
        var dialog = await BulkDialog.OpenAsync(Dialogs, BulkKind.Tag, [Device]);
        if (await dialog.Result is { Canceled: false })
        {
            await Changed.InvokeAsync();
        }
    }

    private async Task DeleteAsync()
    {
        var answer = await Dialogs.ShowMessageBoxAsync(
            Texts.DeleteTitle(Readable.NameOf(Device)), Texts.DeleteQuestion, yesText: Texts.Delete, cancelText: Texts.Cancel);
        if (answer == true)
        {
            await Deleted.InvokeAsync();
            await OperateAsync(call => Admin.Devices.DeleteDeviceAsync(
                new DeleteDeviceRequest { Name = Device.Name, RequestId = AdminClient.NewRequestId() }, call));
        }
    }

    private Task OperateAsync(Func<Grpc.Core.CallOptions, Grpc.Core.AsyncUnaryCall<Operation>> call) =>
        DoAsync(async () => _operation = await Admin.CallAsync(call, Life));

    private async Task DoAsync(Func<Task> command)
    {
        (_isBusy, _refusal) = (true, null);
        _refusal = await TryAsync(command);
        _isBusy = false;
        await Changed.InvokeAsync();
    }

    private static string MessageOf(Operation operation) =>
        operation.Response?.Message is { Length: > 0 } message ? message : operation.Error?.Message ?? operation.Metadata.Message;
}
