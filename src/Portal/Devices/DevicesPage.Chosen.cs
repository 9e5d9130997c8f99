using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>Phones that are chosen, what is done with them together, and the list as a file.</content>
public sealed partial class DevicesPage
{
    private readonly Dictionary<string, Device> _chosen = new(StringComparer.Ordinal);
    private bool _isAllChosen;
    private bool _isExporting;

    private bool IsPageChosen => _devices is { Count: > 0 } && _devices.All(d => _chosen.ContainsKey(d.Name));

    private void ClearChosen()
    {
        _chosen.Clear();
        _isAllChosen = false;
    }

    private void Choose((string Name, bool IsChosen) row)
    {
        if (_devices?.FirstOrDefault(d => d.Name == row.Name) is { } device)
        {
            Choose(device, row.IsChosen);
        }
    }

    private void Choose(Device device, bool isChosen)
    {
        _isAllChosen = false;
        if (isChosen)
        {
            _chosen[device.Name] = device;
        }
        else
        {
            _chosen.Remove(device.Name);
        }
    }

    private void ChoosePage(ChangeEventArgs change)
    {
        foreach (var device in _devices ?? [])
        {
            Choose(device, change.Value is true);
        }
    }

    private async Task DoAsync(BulkKind kind)
    {
        var chosen = _isAllChosen ? null : _chosen.Values.OrderBy(d => d.Mac, StringComparer.Ordinal).ToArray();
        var dialog = await BulkDialog.OpenAsync(Dialogs, kind, chosen, Query);
        if (await dialog.Result is { Canceled: false } && !Life.IsCancellationRequested)
        {
            ClearChosen();
            await ReloadAsync();
            StateHasChanged();
        }
    }

    private async Task ExportAsync()
    {
        _isExporting = true;
        Trouble = await TryAsync(() => Script.SaveAsync("devices.csv", RowsAsync(Query, Life), Life));
        _isExporting = false;
    }

    // The first two columns are those of an import, so that the file can come back.
    private async IAsyncEnumerable<string> RowsAsync(DeviceQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DeviceColumn[] columns = [.. DeviceColumn.Of(query.Columns).Where(c => c.Word != "location")];
        yield return CsvText.Row(["MAC id", "Location", .. columns.Select(c => c.Label)]);
        await foreach (var device in Admin.AllAsync(query, int.MaxValue, cancellation))
        {
            yield return CsvText.Row([device.Mac, device.Location, .. columns.Select(c => c.Read(device))]);
        }
    }
}
