using System.Collections.Immutable;
using System.Globalization;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    public async Task<bool> KeepFile(KeepFileCommand command)
    {
        if (SeatOf(command.TokenRandom) is not { } seat) return false;
        await Files.Keep(OwnerOf(seat), command.Name, command.Content);
        var change = Begin();

        // Some phones send their log every minute.
        if (!hourly.IsDue($"file/{command.Name}", change.Now)) return true;
        change.Event(
            seat.Tenant, "onboarding.uploaded",
            string.Create(CultureInfo.InvariantCulture, $"The phone sent its file {command.Name}, {command.Content.Length} bytes."), command.Source);
        await CommitAsync(change);
        return true;
    }

    public async Task<PhoneFile?> ReturnFile(string tokenRandom, string name) =>
        SeatOf(tokenRandom) is { } seat ? await Files.Get(OwnerOf(seat), name) : null;

    public async Task<ImmutableArray<PhoneFile>?> ListFiles(string tenant) =>
        storage.State.Seat is { } seat && seat.Tenant == tenant ? await Files.List(OwnerOf(seat)) : null;

    public async Task<PhoneFile?> GetFile(string tenant, string name) =>
        storage.State.Seat is { } seat && seat.Tenant == tenant ? await Files.Get(OwnerOf(seat), name) : null;

    private IPhoneFilesGrain Files => GrainFactory.GetGrain<IPhoneFilesGrain>(Mac);

    private DeviceSeat? SeatOf(string tokenRandom) =>
        storage.State.Seat is { IsOffboarded: false } seat && VerificationCode.AreEqual(seat.ConfigTokenRandom, tokenRandom)
        ? seat
        : null;

    // The next user's, and the next tenant's, are others: nobody reads whom somebody else called.
    private static string OwnerOf(DeviceSeat seat) => $"{seat.Tenant}/{seat.User?.UserId.ToLowerInvariant()}";
}
