using System.Buffers;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>
/// What phones send: logs, directories, reports. A phone in service has it kept; from everybody else it is taken and forgotten, because a phone
/// that is refused may lose what its user set (Poly's guide on files that phones upload).
/// </summary>
internal sealed partial class PhoneUploads(
    DeviceGrains devices, KeyRing keys, SourceLimits limits, ProvisioningAnswer answer, ProvisioningOptions options, TimeProvider time)
{
    /// <summary>PUT of Poly, PUT or POST of Cisco's reports.</summary>
    public static bool IsUpload(string method) => HttpMethods.IsPut(method) || HttpMethods.IsPost(method);

    /// <summary>Takes a file.</summary>
    /// <exception cref="TimeoutException">The grain did not answer in time.</exception>
    public async Task TakeAsync(HttpContext http, ProvisioningPath path, Peer peer, RecognizedPhone phone)
    {
        if (path.Area is not (PathArea.Root or PathArea.Device) || !FileName().IsMatch(path.File))
        {
            await answer.RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_file", "Nothing is taken under this name.");
            return;
        }

        if (await ReadAsync(http) is not { } content)
        {
            var most = FormattableString.Invariant($"A file of at most {options.MaxUploadBytes} bytes is taken.");
            await answer.RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, "upload_too_large", most);
            return;
        }

        var isKept = path.Area == PathArea.Device && peer.IsSecure && await KeepAsync(path, peer, phone, content, http.RequestAborted);
        await answer.RefuseAsync(http, StatusCodes.Status200OK, isKept ? "upload_kept" : "upload_dropped", "Taken.");
    }

    /// <summary>What this phone sent under this name; null when there is nothing for it.</summary>
    /// <exception cref="TimeoutException">The grain did not answer in time.</exception>
    public async Task<byte[]?> FindAsync(ProvisioningPath path, Peer peer, CancellationToken cancellation)
    {
        if (!peer.IsSecure || DeviceToken.Parse(keys, DeviceTokenKind.Config, path.Token) is not { } device || !limits.MayReach(device.Random)) return null;
        var file = await devices.Of(device.Mac).ReturnFile(device.Random, path.File.ToLowerInvariant())
            .WaitAsync(options.GrainTimeout, time, cancellation);
        return file?.Content.AsSpan().ToArray();
    }

    private async Task<bool> KeepAsync(ProvisioningPath path, Peer peer, RecognizedPhone phone, byte[] content, CancellationToken cancellation)
    {
        if (DeviceToken.Parse(keys, DeviceTokenKind.Config, path.Token) is not { } device || !limits.MayReach(device.Random)) return false;
        if (phone.Mac.Length > 0 && phone.Mac != device.Mac) return false;
        var command = new KeepFileCommand
        {
            TokenRandom = device.Random, Name = path.File.ToLowerInvariant(), Content = [.. content], Source = peer.Source,
        };
        return await devices.Of(device.Mac).KeepFile(command).WaitAsync(options.GrainTimeout, time, cancellation);
    }

    // Null when it is too long, however long it said it was.
    private async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > options.MaxUploadBytes) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(options.MaxUploadBytes + 1);
        try
        {
            var length = await http.Request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, options.MaxUploadBytes + 1), options.MaxUploadBytes + 1, throwOnEndOfStream: false, http.RequestAborted);
            return length > options.MaxUploadBytes ? null : buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex FileName();
}
