using System.Text;
using Microsoft.JSInterop;

namespace SipGateway.Portal;

/// <summary>Gives the browser a table to keep, in pieces, however long it is.</summary>
internal static class SavedFile
{
    /// <summary>The rows as a file of this name.</summary>
    public static async Task SaveAsync(this IJSRuntime script, string name, IAsyncEnumerable<string> rows, CancellationToken cancellation)
    {
        var text = new MemoryStream();
        await text.WriteAsync(Encoding.UTF8.GetBytes(CsvText.ByteOrderMark), cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await text.WriteAsync(Encoding.UTF8.GetBytes(row), cancellation);
        }

        text.Position = 0;
        using var content = new DotNetStreamReference(text);
        await script.InvokeVoidAsync("sipgatewayDevices.save", cancellation, name, content);
    }
}
