using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>A phone that asks for a file.</summary>
/// <param name="Path">Where.</param>
/// <param name="Peer">From where.</param>
/// <param name="File">For what.</param>
/// <param name="Phone">What its user agent says.</param>
/// <param name="Lines">How many lines such a phone has.</param>
/// <param name="ProvedMac">The MAC of its factory certificate; empty: it showed none that counts.</param>
internal sealed record FileRequest(ProvisioningPath Path, Peer Peer, VendorFile File, RecognizedPhone Phone, int Lines, string ProvedMac)
{
    /// <summary>The MAC in file name, user agent or certificate; empty when none has one.</summary>
    public string Mac => File.Mac.Length > 0 ? File.Mac : Phone.Mac.Length > 0 ? Phone.Mac : ProvedMac;

    /// <summary>File name, user agent and certificate have no two MACs.</summary>
    public bool Agrees => new[] { File.Mac, Phone.Mac, ProvedMac }.Where(mac => mac.Length > 0).Distinct(StringComparer.Ordinal).Count() <= 1;

    /// <summary>The phone proved by certificate that it has the MAC it says.</summary>
    public bool IsProved => ProvedMac.Length > 0;
}

/// <summary>What the file is rendered from.</summary>
/// <param name="Facts">Null: too many were asked for, or they go out over TLS alone.</param>
/// <param name="IsForTls">The same path over TLS has it.</param>
internal readonly record struct OwnedFile(FileFacts? Facts, bool IsForTls = false);

/// <summary>Whose file it is: a stranger's, a candidate's, or that of a device in service.</summary>
internal sealed class FileOwner(
    DeviceGrains devices, KeyRing keys, FileFactory files, SourceLimits limits, MacWalks walks, ProvisioningOptions options, TimeProvider time)
{
    private const string NoMac = "000000000000";

    /// <summary>The facts.</summary>
    /// <exception cref="TimeoutException">The grain did not answer in time.</exception>
    public async Task<OwnedFile> FindAsync(FileRequest request, CancellationToken cancellation)
    {
        var token = request.Path.Area == PathArea.Device ? request.Path.Token : "";
        var device = token.Length > 0 ? DeviceToken.Parse(keys, DeviceTokenKind.Config, token) : null;
        var candidate = token.Length > 0 && Candidate.FromToken(keys, token) is { } read && read.IsAlive(time.GetUtcNow()) ? read : null;

        // A token of another MAC than the phone's is nobody's: bootstrap for the MAC it says, so that no phone strands.
        var mac = device?.Mac ?? candidate?.Mac;
        if (mac is null || (request.Mac.Length > 0 && request.Mac != mac)) return await OfNobodyAsync(request, cancellation);
        if (!limits.MayReach(device?.Random ?? candidate!.Id)) return default;
        var outcome = await AskAsync(request, mac, candidate, device, cancellation);
        if (outcome.Config is null && device is not null && request.IsProved) return await OfCertificateAsync(request, cancellation);
        if (outcome.IsForTls && !request.Peer.IsSecure) return new OwnedFile(null, IsForTls: true);
        return Own(request, mac, outcome) ?? Bootstrap(request, candidate ?? Candidate.Create(mac, time.GetUtcNow()), outcome.BootstrapPolicy);
    }

    private Task<OwnedFile> OfNobodyAsync(FileRequest request, CancellationToken cancellation) =>
        request.IsProved ? OfCertificateAsync(request, cancellation) : Task.FromResult(Fresh(request));

    /// <summary>The bootstrap for whoever says this MAC; none when this source had enough of them.</summary>
    private OwnedFile Fresh(FileRequest request)
    {
        if (!limits.MayBootstrap(request.Peer.Address)) return default;
        if (request.Mac.Length > 0) walks.Saw(request.Peer.Address, request.Mac);
        return Bootstrap(request, Candidate.Create(request.Mac.Length > 0 ? request.Mac : NoMac, time.GetUtcNow()), policy: null);
    }

    /// <summary>The phone with this MAC has no URL that is good: its grain is asked on behalf of a candidate made just now.</summary>
    private async Task<OwnedFile> OfCertificateAsync(FileRequest request, CancellationToken cancellation)
    {
        // Counted by what it proved: nobody else can use up its allowance.
        if (!limits.MayReach("certificate:" + request.ProvedMac)) return default;
        var candidate = Candidate.Create(request.ProvedMac, time.GetUtcNow());
        var outcome = await AskAsync(request, request.ProvedMac, candidate, device: null, cancellation);
        return Own(request, request.ProvedMac, outcome) ?? Bootstrap(request, candidate, outcome.BootstrapPolicy);
    }

    private Task<FetchConfigOutcome> AskAsync(
        FileRequest request, string mac, Candidate? candidate, DeviceToken? device, CancellationToken cancellation) =>
        devices.Of(mac).FetchConfig(new FetchConfigCommand
        {
            Candidate = candidate is null ? null : new CandidateFacts { Id = candidate.Id, IssuedAtUtc = candidate.IssuedAtUtc },
            TokenRandom = device?.Random,
            File = request.File.Kind,
            IsSecure = request.Peer.IsSecure,
            Source = request.Peer.Source,
            Lines = request.Lines,
            Origin = request.Path.Origin,
            Phone = Vendors.IdentityOf(request.Phone),
            HasCertificate = request.IsProved,
        }).WaitAsync(options.GrainTimeout, time, cancellation);

    // The grain gives no line over plain http; should it ever, it does not leave here.
    private OwnedFile? Own(FileRequest request, string mac, FetchConfigOutcome outcome) => outcome.Config is { } config && request.Peer.IsSecure
        ? new OwnedFile(files.Device(config, mac, request.Phone, request.Path.KnownLanguage, outcome.MinFirmware, request.IsProved))
        : null;

    private OwnedFile Bootstrap(FileRequest request, Candidate candidate, EffectivePolicy? policy)
    {
        var way = request.IsProved ? PhoneWay.Certificate : request.Peer.IsSecure ? PhoneWay.Secure : PhoneWay.Plain;
        return new OwnedFile(files.Bootstrap(candidate, request.Phone, request.Path.KnownLanguage, request.Path.Origin, policy, way));
    }
}
