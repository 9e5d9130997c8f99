using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Storm;

/// <summary>Puts enrolled phones into the data directory of a gateway that is not running, as its grains would have stored them.</summary>
internal static class Seeding
{
    public const string Tenant = "default";

    public static string Mac(int number) => (0x0015_65D0_0000 + number).ToString("x12", System.Globalization.CultureInfo.InvariantCulture);

    public static string Secret(int number) => $"storm-{number}";

    /// <summary>The random part of a phone's address: the same at each seeding, so that other programs can make the address.</summary>
    public static string TokenRandom(int number, string purpose) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}-{number}")))[..32];

    public static async Task RunAsync(string directory, int count)
    {
        var ring = KeyRingFile.LoadOrCreate(Path.Combine(directory, "keyring.json"));
        await RunAsync(new StorageOptions { DataDirectory = directory }, ring, count);
    }

    /// <summary>The same into any storage.</summary>
    public static async Task RunAsync(StorageOptions options, KeyRing ring, int count)
    {
        var services = new ServiceCollection().AddSipGatewayStorage(options);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IStorageLifetime>().InitializeAsync();
        var storage = provider.GetRequiredKeyedService<Orleans.Storage.IGrainStorage>(StorageNames.Provider);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, _) =>
        {
            var mac = Mac(number);
            var record = new DeviceRecord { State = Enrolled(ring, mac, number) };
            record.State.Effects = new StateEffects { Devices = ViewRules.Rows(record.State, new DeviceContext(mac, TimeProvider.System.GetUtcNow(), new DeviceOptions())) };
            await storage.WriteStateAsync("device", GrainId.Create("device", mac), record);
        });
    }

    private static DeviceState Enrolled(KeyRing ring, string mac, int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var seat = new DeviceSeat
        {
            Tenant = Tenant,
            SinceUtc = now,
            Epoch = 1,
            LockedSipSecret = SecretBox.Lock(ring, Secret(number), $"device/{mac}/sip"),
            ConfigTokenRandom = TokenRandom(number, "config"),
            ScreenTokenRandom = TokenRandom(number, "screen"),
            Trust = TrustLevel.Token,
        };
        var hash = PolicyRules.Hash(new PhoneConfig
        {
            SipUser = new DeviceSipUser(mac, 1, seat.Epoch).Format(ring),
            SipPassword = Secret(number),
            ConfigTokenRandom = seat.ConfigTokenRandom,
            ScreenTokenRandom = seat.ScreenTokenRandom,
            IsSignedIn = false,
            DisplayName = "",
            PhoneNumber = "",
            Policy = PolicyRules.Effective([new DeviceOptions().GatewayPolicy]),
            Hash = "",
        });
        return new DeviceState
        {
            Version = 1, CreatedAtUtc = now, Vendor = "yealink", Model = "T46S", Firmware = "66.86.5.1", Epoch = 1,
            Seat = seat with { WantedConfigHash = hash, AppliedConfigHash = hash, AppliedAtUtc = now },
        };
    }

    private sealed class DeviceRecord : IGrainState<DeviceState>
    {
        [AllowNull]
        public DeviceState State { get; set; } = new();

        [AllowNull]
        public string ETag { get; set; } = null!;

        public bool RecordExists { get; set; }
    }
}
