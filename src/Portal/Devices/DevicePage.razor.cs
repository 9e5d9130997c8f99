using Grpc.Core;
using Microsoft.AspNetCore.Components;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One phone: what, whose, where, where it is stuck, and what can be done.</summary>
public sealed partial class DevicePage
{
    private const int EventsShown = 50;

    // A policy changes seldom; the rest of the page is looked at every two seconds.
    private const int LooksPerConfig = 5;

    private Device? _device;
    private IReadOnlyList<ExplainDeviceResponse.Types.Finding> _findings = [];
    private IReadOnlyList<DeviceEvent> _events = [];
    private IReadOnlyList<EffectiveConfig.Types.Value> _config = [];
    private string _name = "";
    private int _looks;
    private bool _isGone;
    private bool _wasDeleted;

    /// <summary>Its MAC, in any notation.</summary>
    [Parameter]
    public string Mac { get; set; } = "";

    /// <summary>Its line, when it is not the first.</summary>
    [Parameter]
    public int? Line { get; set; }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        var name = Admin.NameOf(Line is { } line ? $"{Mac}/lines/{line}" : Mac);
        if (name != _name)
        {
            (_name, _device, _isGone, _looks) = (name, null, false, 0);
        }

        try
        {
            var device = await Admin.DeviceAsync(name, cancellation);
            var findings = Admin.CallAsync(call => Admin.Devices.ExplainDeviceAsync(new ExplainDeviceRequest { Name = name }, call), cancellation);
            var events = Admin.CallAsync(
                call => Admin.Devices.ListDeviceEventsAsync(new ListDeviceEventsRequest { Parent = name, PageSize = EventsShown }, call), cancellation);
            (_findings, _events) = ((await findings).Findings, (await events).Events);
            if (_looks++ % LooksPerConfig == 0)
            {
                _config = (await Admin.CallAsync(
                    call => Admin.Devices.GetEffectiveConfigAsync(new GetEffectiveConfigRequest { Name = _device?.Name ?? device.Name }, call),
                    cancellation)).Values;
            }

            (_device, _isGone) = (device, false);
        }
        catch (AdminFailure failure) when (failure.Code == StatusCode.NotFound)
        {
            _isGone = true;
        }
    }
}
