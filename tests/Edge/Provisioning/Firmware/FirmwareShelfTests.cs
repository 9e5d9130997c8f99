using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning.Firmware;

/// <summary>What of the folder counts, while its operator works in it.</summary>
public sealed class FirmwareShelfTests : IDisposable
{
    private readonly FirmwareFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly EdgeAlerts alerts;
    private readonly LogTape log = new();
    private readonly FirmwareShelf shelf;

    public FirmwareShelfTests()
    {
        alerts = new EdgeAlerts(time);
        var loggers = LoggerFactory.Create(l => l.AddProvider(log));
        shelf = new FirmwareShelf(
            new ProvisioningOptions { FirmwareDirectory = folder.Root, HttpPort = () => 1, HttpsPort = () => 1, SipPort = () => 1 },
            alerts,
            time,
            loggers.CreateLogger<FirmwareShelf>());
    }

    public void Dispose()
    {
        shelf.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Start_AGoodFolder_IsThereAtOnce()
    {
        folder.Put("a.rom");
        folder.Manifest(folder.Row("a.rom"));

        await shelf.StartAsync(CancellationToken.None);

        shelf.Entries.Should().ContainSingle();
        shelf.Find("a.rom")!.File.Path.Should().Be(folder.At("a.rom"));
        alerts.Current.Should().BeEmpty();
        await shelf.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Start_NoManifest_ServesNothingAndSaysSo()
    {
        await shelf.ReloadAsync(CancellationToken.None);

        shelf.Entries.Should().BeEmpty();
        alerts.Current.Should().ContainSingle().Which.Should().Contain("firmware.tsv");
    }

    [Fact]
    public async Task Manifest_HalfWritten_TheLastGoodOneGoesOnAndTheOperatorIsToldOnce()
    {
        folder.Put("a.rom");
        folder.Manifest(folder.Row("a.rom"));
        await shelf.ReloadAsync(CancellationToken.None);

        folder.Manifest(folder.Row("a.rom"), "yealink\tT48S\t66.86.5.1\tst");
        await shelf.ReloadAsync(CancellationToken.None);
        await shelf.ReloadAsync(CancellationToken.None);

        shelf.Entries.Should().ContainSingle();
        shelf.Find("a.rom").Should().NotBeNull();
        alerts.Current.Should().ContainSingle().Which.Should().Contain("line 2").And.Contain("what was right before goes on");
        log.Text.Split('\n').Count(line => line.StartsWith("Warning", StringComparison.Ordinal)).Should().Be(1);

        folder.Put("b.rom", 10);
        folder.Manifest(folder.Row("a.rom"), folder.Row("b.rom", "66.87.0.1"));
        await shelf.ReloadAsync(CancellationToken.None);
        shelf.Entries.Should().HaveCount(2);
    }

    [Fact]
    public async Task File_HalfCopiedOrMissing_TheLastGoodManifestGoesOn()
    {
        folder.Put("a.rom");
        folder.Manifest(folder.Row("a.rom"));
        await shelf.ReloadAsync(CancellationToken.None);

        folder.Put("b.rom");
        var whole = folder.Row("b.rom", "66.87.0.1");
        folder.Put("b.rom", 500);
        folder.Manifest(folder.Row("a.rom"), whole, folder.Row("missing.rom", "66.88.0.1"));
        await shelf.ReloadAsync(CancellationToken.None);

        shelf.Entries.Should().ContainSingle();
        alerts.Current.Should().ContainSingle().Which.Should().Contain("'b.rom' has another sha256").And.Contain("no file 'missing.rom'");
        folder.Put("b.rom");
        folder.Manifest(folder.Row("a.rom"), whole);
        await shelf.ReloadAsync(CancellationToken.None);
        shelf.Entries.Should().HaveCount(2);
    }

    [Fact]
    public async Task File_ReplacedUnderItsName_IsNotServedUntilTheManifestSaysIt()
    {
        folder.Put("a.rom");
        folder.Manifest(folder.Row("a.rom"));
        await shelf.ReloadAsync(CancellationToken.None);

        folder.Put("a.rom", 900);

        shelf.Find("a.rom").Should().BeNull();
        folder.Manifest(folder.Row("a.rom"));
        await shelf.ReloadAsync(CancellationToken.None);
        shelf.Find("a.rom").Should().NotBeNull();
    }

    [Fact]
    public async Task Link_OutOfTheFolder_IsNoFileAndOneWithinIs()
    {
        var outside = Path.Combine(Path.GetTempPath(), $"sipgw-secret-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(outside, "secret");
        try
        {
            File.CreateSymbolicLink(folder.At("link.rom"), outside);
            folder.Manifest(folder.Row("link.rom"));
            await shelf.ReloadAsync(CancellationToken.None);
            shelf.Entries.Should().BeEmpty();
            alerts.Current.Should().ContainSingle().Which.Should().Contain("no file 'link.rom' in the folder itself");

            folder.Put("a.rom");
            File.CreateSymbolicLink(folder.At("latest.rom"), "a.rom");
            folder.Manifest(folder.Row("latest.rom"));
            await shelf.ReloadAsync(CancellationToken.None);
            shelf.Find("latest.rom").Should().NotBeNull();

            // Behind the gateway's back the link leads elsewhere now.
            File.Delete(folder.At("latest.rom"));
            File.CreateSymbolicLink(folder.At("latest.rom"), outside);
            shelf.Find("latest.rom").Should().BeNull();
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public async Task Folder_IsLookedAtAgainByItself()
    {
        folder.Manifest("# nothing yet\n");
        await shelf.StartAsync(CancellationToken.None);
        folder.Put("a.rom");
        folder.Manifest(folder.Row("a.rom"));

        await Eventually.IsTrue(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return shelf.Entries.Length == 1;
            },
            "the new manifest counts");

        await shelf.StopAsync(CancellationToken.None);
    }
}
