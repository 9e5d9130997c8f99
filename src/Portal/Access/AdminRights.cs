using Microsoft.AspNetCore.Components;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// What whoever has this page open may do, as the API says; the API stays the judge. A page takes it as a cascading parameter, asks
/// <see cref="May"/>, and is drawn again when the answer is known.
/// </summary>
public sealed class AdminRights
{
    private readonly AdminClient _admin;
    private Dictionary<string, Caller.Types.Permission>? _permissions;
    private Task _asking = Task.CompletedTask;

    internal AdminRights(AdminClient admin)
    {
        _admin = admin;
        Source = new CascadingValueSource<AdminRights>(this, isFixed: false);
    }

    /// <summary>Draws who asked again.</summary>
    internal CascadingValueSource<AdminRights> Source { get; }

    /// <summary>Who it is, as the audit log has it; empty until known.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>Whether a call may be made, such as <c>Devices/RestartDevice</c>; not before the API has said so.</summary>
    public bool May(string call) => Find(call)?.Allowed == true;

    /// <summary>Why a call may not be made; null when it may, or when that is not known yet.</summary>
    public string? WhyNot(string call) => Find(call) is { Allowed: false } permission ? Texts.RoleNeeded(Texts.RoleOf(permission.Role)) : null;

    private Caller.Types.Permission? Find(string call)
    {
        if (_permissions is null && _asking.IsCompleted)
        {
            _asking = AskAsync();
        }

        return _permissions?.GetValueOrDefault(call);
    }

    // When it fails, the page says so by its own calls, and asks again as it is drawn.
    private async Task AskAsync()
    {
        try
        {
            var caller = await _admin.CallerAsync();
            (Actor, _permissions) = (caller.Actor, caller.Permissions.ToDictionary(p => p.Call, StringComparer.Ordinal));
            await Source.NotifyChangedAsync();
        }
        catch (Exception e) when (e is AdminFailure or OperationCanceledException)
        {
            _permissions = null;
        }
    }
}
