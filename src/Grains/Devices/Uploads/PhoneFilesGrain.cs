using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>What one phone sent.</summary>
[GrainType("files")]
internal sealed class PhoneFilesGrain(
    [PersistentState("files", StorageNames.Provider)] IPersistentState<PhoneFilesState> storage, KeyRing ring, TimeProvider time)
    : Grain, IPhoneFilesGrain
{
    private string Mac => this.GetPrimaryKeyString();

    public Task Keep(string owner, string name, ImmutableArray<byte> content)
    {
        var file = new StoredPhoneFile
        {
            Name = name, AtUtc = time.GetUtcNow(), Length = content.Length, LockedContent = PhoneFileRules.Lock(ring, Mac, name, content),
        };
        return storage.CommitAsync(this, PhoneFileRules.Keep(storage.State, owner, file), StateEffects.None);
    }

    public Task<ImmutableArray<PhoneFile>> List(string owner) => Task.FromResult(Of(owner).Reverse().Select(file => View(file, [])).ToImmutableArray());

    public Task<PhoneFile?> Get(string owner, string name) => Task.FromResult(
        Of(owner).FirstOrDefault(f => f.Name == name) is { } file && PhoneFileRules.Unlock(ring, Mac, file) is { } content ? View(file, content) : null);

    public Task Clear() => storage.State.Files.Length == 0
        ? Task.CompletedTask
        : storage.CommitAsync(this, new PhoneFilesState(), StateEffects.None);

    private IEnumerable<StoredPhoneFile> Of(string owner) => storage.State.Owner == owner ? storage.State.Files : [];

    private static PhoneFile View(StoredPhoneFile file, ImmutableArray<byte> content) =>
        new() { Name = file.Name, AtUtc = file.AtUtc, Length = file.Length, Content = content };
}
