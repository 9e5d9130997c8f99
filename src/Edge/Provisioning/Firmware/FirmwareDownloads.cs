using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SipGateway.Edge;

/// <summary>
/// Serves <c>/firmware/FILE</c>, whole or in ranges. A name is looked up in the manifest and never becomes a path. The tag is the digest, so that a phone
/// goes on at another edge where it was cut off.
/// </summary>
internal sealed class FirmwareDownloads(FirmwareShelf shelf, ProvisioningAnswer answer, ProvisioningMetrics metrics, ProvisioningOptions options) : IDisposable
{
    private const int RetrySeconds = 60;
    private readonly SemaphoreSlim places = new(options.FirmwareDownloads, options.FirmwareDownloads);

    /// <summary>The file, or 404.</summary>
    public async Task ServeAsync(HttpContext http, string name)
    {
        if (shelf.Find(name) is not { } shelved)
        {
            await answer.UnknownFileAsync(http);
            return;
        }

        if (!await places.WaitAsync(TimeSpan.Zero, http.RequestAborted))
        {
            const string Sentence = "Too many phones fetch firmware just now.";
            await answer.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "firmware_busy", Sentence, RetrySeconds);
            return;
        }

        try
        {
            metrics.Answered("firmware");
            await Results.File(
                shelved.File.Path,
                "application/octet-stream",
                lastModified: shelved.File.LastWriteUtc,
                entityTag: new EntityTagHeaderValue($"\"{shelved.Sha256}\""),
                enableRangeProcessing: true).ExecuteAsync(http);
        }
        finally
        {
            places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();
}
