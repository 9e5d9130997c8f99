using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One policy: its values, what saving them would do, and what they were.</summary>
public sealed partial class PolicyPage
{
    private Policy? _policy;
    private PolicyForm _form = new();
    private PolicyErrors _errors = PolicyErrors.None;
    private PreviewPolicyResponse? _preview;
    private PreviewPolicyRequest _previewed = new();
    private IReadOnlyList<Reach> _reach = [];
    private IReadOnlyList<ListPolicyRevisionsResponse.Types.Revision> _revisions = [];
    private string? _said;
    private string _shown = "";
    private bool _isStored;
    private bool _isBusy;
    private bool _isGone;
    private bool _wasDeleted;

    /// <summary>The policy's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>What is being edited does not change under one's hands.</summary>
    protected override TimeSpan Every => TimeSpan.FromHours(1);

    private string Name => Admin.NameIn("policies", Id);

    // The API counts all ways together; without a preview the ways are summed.
    private long Touched => _preview?.DeviceCount ?? _reach.Sum(reach => reach.Count);

    private List<PolicyValueChange> PreviewChanges =>
        [.. _preview!.Changes.Select(c => new PolicyValueChange(c.Key, c.HasBefore ? c.Before : null, c.HasAfter ? c.After : null))];

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (_shown == Id && _policy is not null)
        {
            return;
        }

        (_shown, _isGone, _preview, _errors) = (Id, false, null, PolicyErrors.None);
        var policy = await FindAsync(cancellation);
        _isStored = policy is not null;
        if (policy is null && Id != PolicyReach.Default)
        {
            _isGone = true;
            return;
        }

        policy ??= new Policy { PolicyId = Id };
        _reach = await PolicyReach.OfAsync(Admin, Id, policy.Models, cancellation);
        _revisions = !_isStored ? [] : (await Admin.CallAsync(
            call => Admin.Policies.ListPolicyRevisionsAsync(new ListPolicyRevisionsRequest { Name = Name }, call), cancellation)).Revisions;
        (_policy, _form) = (policy, PolicyForm.Of(policy));
    }

    private async Task<Policy?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await Admin.CallAsync(call => Admin.Policies.GetPolicyAsync(new GetPolicyRequest { Name = Name }, call), cancellation);
        }
        catch (AdminFailure failure) when (failure.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    // What was previewed is what is saved.
    private void Edited() => _preview = null;

    private Task PreviewAsync() => DoAsync(null, async () =>
    {
        _preview = null;
        var asked = _form.ToPolicy(Name, Id, _policy!.Etag);
        var request = new PreviewPolicyRequest { Policy = asked, UpdateMask = new FieldMask { Paths = { _form.Mask } } };
        var preview = await Admin.CallAsync(call => Admin.Policies.PreviewPolicyAsync(request, call), Life);
        _reach = await PolicyReach.OfAsync(Admin, Id, [.. _policy!.Models, .. request.Policy.Models], Life);
        (_preview, _previewed) = (preview, request);
    });

    private Task SaveAsync() => DoAsync(Texts.Saved, async () =>
    {
        var request = new UpdatePolicyRequest
        {
            Policy = _previewed.Policy, UpdateMask = _previewed.UpdateMask, AllowMissing = !_isStored, RequestId = AdminClient.NewRequestId(),
        };
        await Admin.CallAsync(call => Admin.Policies.UpdatePolicyAsync(request, call), Life);
        _policy = null;
    });

    private async Task ReturnAsync(long revision)
    {
        var then = _revisions.First(r => r.Revision_ == revision);
        var options = new DialogOptions { FullWidth = true, MaxWidth = MaxWidth.Small };
        var parameters = new DialogParameters<ConfirmChangeDialog>
        {
            { d => d.Lead, Texts.PoliciesReturnLead }, { d => d.Button, Texts.PoliciesReturn }, { d => d.Changes, PolicyDiff.Of(_policy, then.Policy) },
            { d => d.Reached, await PolicyReach.OfAsync(Admin, Id, [.. _policy!.Models, .. then.Policy.Models], Life) },
        };
        var dialog = await Dialogs.ShowAsync<ConfirmChangeDialog>(Texts.PoliciesReturnTitle(Numbers.Told(revision)), parameters, options);
        if (await dialog.Result is { Canceled: false })
        {
            await DoAsync(Texts.Saved, async () =>
            {
                var request = new RollbackPolicyRequest { Name = Name, Revision = revision, Etag = _policy!.Etag, RequestId = AdminClient.NewRequestId() };
                await Admin.CallAsync(call => Admin.Policies.RollbackPolicyAsync(request, call), Life);
                _policy = null;
            });
        }
    }

    private async Task DeleteAsync()
    {
        var parameters = new DialogParameters<ConfirmChangeDialog>
        {
            { d => d.Lead, Texts.PoliciesDeleteLead }, { d => d.Button, Texts.Delete },
            { d => d.Changes, PolicyDiff.Of(_policy, null) }, { d => d.Reached, _reach },
        };
        var dialog = await Dialogs.ShowAsync<ConfirmChangeDialog>(
            Texts.PoliciesDeleteTitle(Id), parameters, new DialogOptions { FullWidth = true, MaxWidth = MaxWidth.Small });
        if (await dialog.Result is { Canceled: false })
        {
            await DoAsync(null, async () =>
            {
                var request = new DeletePolicyRequest { Name = Name, Etag = _policy!.Etag, RequestId = AdminClient.NewRequestId() };
                await Admin.CallAsync(call => Admin.Policies.DeletePolicyAsync(request, call), Life);
                (_wasDeleted, _isGone) = (true, true);
            });
        }
    }

    private async Task DoAsync(string? said, Func<Task> command)
    {
        (_isBusy, _said, _errors) = (true, null, PolicyErrors.None);
        var refusal = await TryAsync(command);
        if (refusal is null && _policy is null)
        {
            await ReloadAsync();
        }

        _errors = refusal is null ? PolicyErrors.None : PolicyErrors.Of(refusal);
        (_said, _isBusy) = (refusal is null ? said : null, false);
    }
}
