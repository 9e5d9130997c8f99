using System.Collections.Concurrent;
using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>What a device's grain did and shall do for provisioning: a seat with its tokens, a sign-in, or trouble.</summary>
public sealed class ProvisioningScript
{
    private int looks;

    public ConcurrentQueue<FetchConfigCommand> Fetches { get; } = new();

    public ConcurrentQueue<UnsupportedFetch> Unsupported { get; } = new();

    public ConcurrentQueue<StartSignInCommand> Starts { get; } = new();

    public ConcurrentQueue<SignOutCommand> SignOuts { get; } = new();

    /// <summary>The device in service; null: none.</summary>
    public PhoneConfig? Config { get; set; }

    /// <summary>The oldest firmware that works, as the grain tells it.</summary>
    public string MinFirmware { get; set; } = "";

    public EffectivePolicy? BootstrapPolicy { get; set; }

    /// <summary>A candidate with its certificate is promoted.</summary>
    public bool IsCertificateEnough { get; set; }

    /// <summary>What candidates ask for waits for them on TLS.</summary>
    public bool IsForTls { get; set; }

    public SignInView View { get; set; } = new() { Progress = SignInProgress.None };

    /// <summary>What <see cref="View"/> becomes after so many looks.</summary>
    public (int Looks, SignInView View)? Later { get; set; }

    /// <summary>Refuse to start, while telling of the sign-in that goes on.</summary>
    public CommandOutcome? Refusal { get; set; }

    public Exception? Trouble { get; set; }

    public TaskCompletionSource? Hold { get; set; }

    public static PhoneConfig ConfigOf(string name = "Alice Adams", bool isSignedIn = true, EffectivePolicy? policy = null) => new()
    {
        SipUser = "dsipuser",
        SipPassword = "SECRET-OF-THE-LINE",
        ConfigTokenRandom = "00112233445566778899aabbccddeeff",
        ScreenTokenRandom = "ffeeddccbbaa99887766554433221100",
        IsSignedIn = isSignedIn,
        DisplayName = name,
        PhoneNumber = isSignedIn ? "+4930123456" : "",
        Policy = policy ?? new EffectivePolicy
        {
            Language = "de",
            TimeZone = "Europe/Berlin",
            PhoneAdminPassword = "adm1n",
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("phone_setting.backlight_time", "60").Add("features.dnd.allow", ""),
        },
        Hash = "hash",
    };

    /// <summary>What the phone sent, by name.</summary>
    public ConcurrentDictionary<string, KeepFileCommand> Files { get; } = new();

    public bool Keep(KeepFileCommand command)
    {
        if (command.TokenRandom != Config?.ConfigTokenRandom) return false;
        Files[command.Name] = command;
        return true;
    }

    public PhoneFile? Return(string tokenRandom, string name) => tokenRandom == Config?.ConfigTokenRandom && Files.TryGetValue(name, out var kept)
        ? new PhoneFile { Name = name, AtUtc = DateTimeOffset.UnixEpoch, Length = kept.Content.Length, Content = kept.Content }
        : null;

    public async Task<FetchConfigOutcome> FetchAsync(FetchConfigCommand command)
    {
        Fetches.Enqueue(command);
        await TroubleAsync();
        var isRight = (command.TokenRandom is not null && command.TokenRandom == Config?.ConfigTokenRandom)
            || (IsCertificateEnough && command is { HasCertificate: true, Candidate: not null });
        return new FetchConfigOutcome
        {
            Config = isRight && command.IsSecure ? Config : null, BootstrapPolicy = BootstrapPolicy, IsForTls = IsForTls, MinFirmware = MinFirmware,
        };
    }

    public async Task<StartSignInOutcome> StartAsync(StartSignInCommand command)
    {
        Starts.Enqueue(command);
        await TroubleAsync();
        return new StartSignInOutcome { Outcome = Refusal ?? CommandOutcome.Done, View = View };
    }

    public Task<SignInView> ViewAsync()
    {
        if (Later is { } later && ++looks >= later.Looks) View = later.View;
        return Task.FromResult(View);
    }

    public Task<CommandOutcome> SignOutAsync(SignOutCommand command)
    {
        SignOuts.Enqueue(command);
        return Task.FromResult(Refusal ?? CommandOutcome.Done);
    }

    private async Task TroubleAsync()
    {
        if (Hold is { } hold) await hold.Task;
        if (Trouble is { } trouble) throw trouble;
    }
}
