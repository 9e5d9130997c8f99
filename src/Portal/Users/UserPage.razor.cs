using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One user: what is told of them, what can be changed, the phones they use.</summary>
public sealed partial class UserPage
{
    private static readonly string[] Changed = ["display_name", "phone_number", "policy"];

    private User? _user;
    private User _edited = new();
    private IReadOnlyList<Device> _devices = [];
    private IReadOnlyList<Policy> _policies = [];
    private string _shown = "";
    private string _password = "";
    private string? _refusal;
    private string? _said;
    private bool _isBusy;
    private bool _isGone;
    private bool _wasDeleted;

    /// <summary>The user's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromSeconds(4);

    private string Name => Admin.NameIn("users", Id);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (_shown != Id)
        {
            (_shown, _user, _isGone, _wasDeleted, _refusal, _said, _password) = (Id, null, false, false, null, null, "");
        }

        if (_wasDeleted)
        {
            return;
        }

        try
        {
            var user = await Admin.CallAsync(call => Admin.Users.GetUserAsync(new GetUserRequest { Name = Name }, call), cancellation);
            var phones = new ListUserDevicesRequest { Parent = Name };
            _devices = (await Admin.CallAsync(call => Admin.Users.ListUserDevicesAsync(phones, call), cancellation)).Devices;
            if (_user is null)
            {
                _policies = await Admin.AllPoliciesAsync(cancellation);
                _edited = user.Clone();
            }

            (_user, _isGone) = (user, false);
        }
        catch (AdminFailure failure) when (failure.Code == StatusCode.NotFound)
        {
            _isGone = true;
        }
    }

    // The etag of what was edited: a change that somebody else made in the meantime is not written over.
    private Task SaveAsync() => DoAsync(Texts.Saved, async () => _edited = (await UpdateAsync(_edited, Changed)).Clone());

    private Task SetPasswordAsync() => DoAsync(Texts.UsersPasswordSet, async () =>
    {
        var saved = await UpdateAsync(new User { InitialPassword = _password }, "initial_password");
        (_edited.Etag, _password) = (saved.Etag, "");
    });

    private Task<User> UpdateAsync(User change, params string[] paths)
    {
        change.Name = Name;
        var request = new UpdateUserRequest { User = change, UpdateMask = new FieldMask { Paths = { paths } }, RequestId = AdminClient.NewRequestId() };
        return Admin.CallAsync(call => Admin.Users.UpdateUserAsync(request, call), Life);
    }

    private async Task DeleteAsync()
    {
        var touched = _devices.Count == 0 ? Texts.UsersDeleteNoPhones
            : Texts.UsersDeletePhones(string.Join(", ", _devices.Select(Readable.NameOf)));
        var answer = await Dialogs.ShowMessageBoxAsync(Texts.UsersDeleteTitle(NameOf(_user!)), touched, yesText: Texts.Delete, cancelText: Texts.Cancel);
        if (answer == true)
        {
            var request = new DeleteUserRequest { Name = Name, RequestId = AdminClient.NewRequestId() };
            await DoAsync(null, async () =>
            {
                await Admin.CallAsync(call => Admin.Users.DeleteUserAsync(request, call), Life);
                (_wasDeleted, _isGone) = (true, true);
            });
        }
    }

    private async Task DoAsync(string? said, Func<Task> command)
    {
        (_isBusy, _refusal, _said) = (true, null, null);
        _refusal = await TryAsync(command);
        _said = _refusal is null ? said : null;
        _isBusy = false;
        await ReloadAsync();
    }

    private static string NameOf(User user) => user.DisplayName.Length > 0 ? user.DisplayName : user.UserId;

    private static string Or(string text) => text.Length > 0 ? text : Texts.Off;
}
