using System.Globalization;
using Microsoft.AspNetCore.Http;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>The pages behind the phone's sign-in key. A screen token opens them, and yields no secret.</summary>
internal sealed class SignInScreen(IGrainFactory grains, KeyRing keys, ProvisioningOptions options, TimeProvider time)
{
    public const string SignInPage = "signin.xml";
    public const string SignOutPage = "signout.xml";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);

    /// <summary>The page for this token; null when the token is none of ours or there is no such page.</summary>
    public async Task<(ScreenFacts Facts, int RefreshSeconds)?> ShowAsync(ProvisioningPath path, string source, string language, IQueryCollection query)
    {
        var texts = ScreenTexts.Of(language);
        if (path.File.Equals(SignInPage, StringComparison.OrdinalIgnoreCase) && Asker(path.Token) is { } asker)
        {
            return await SignInAsync(asker.Mac, asker.Command with { Source = source }, path, texts);
        }

        return path.File.Equals(SignOutPage, StringComparison.OrdinalIgnoreCase)
            && DeviceToken.Parse(keys, DeviceTokenKind.Screen, path.Token) is { } device
            ? await SignOutAsync(device, query.ContainsKey("yes"), path, texts)
            : null;
    }

    private (string Mac, StartSignInCommand Command)? Asker(string token)
    {
        if (DeviceToken.Parse(keys, DeviceTokenKind.Screen, token) is { } device)
        {
            return (device.Mac, new StartSignInCommand { ScreenTokenRandom = device.Random });
        }

        return Candidate.FromScreenToken(keys, token) is { } candidate && candidate.IsAlive(time.GetUtcNow())
            ? (candidate.Mac, new StartSignInCommand { Candidate = new CandidateFacts { Id = candidate.Id, IssuedAtUtc = candidate.IssuedAtUtc } })
            : null;
    }

    private async Task<(ScreenFacts, int)?> SignInAsync(string mac, StartSignInCommand command, ProvisioningPath path, ScreenTexts.Texts texts)
    {
        var grain = grains.GetGrain<IDeviceGrain>(mac);
        var started = await grain.StartSignIn(command);
        var view = started.View;
        var deadline = time.GetUtcNow() + options.ScreenWait;
        while (view.Progress == SignInProgress.Preparing && time.GetUtcNow() < deadline)
        {
            await Task.Delay(PollInterval, time);
            view = await grain.GetSignIn();
        }

        return Page(view, Url(path, SignInPage), texts);
    }

    private (ScreenFacts, int) Page(SignInView view, string self, ScreenTexts.Texts texts) => view.Progress switch
    {
        SignInProgress.Pending => (new ScreenFacts(texts[ScreenText.SignIn], PairingLines(view, texts), [(texts[ScreenText.Refresh], self)]), 5),
        SignInProgress.SignedIn => (new ScreenFacts(texts[ScreenText.SignedInAs], [view.Message], []), 0),
        SignInProgress.Failed => (new ScreenFacts(texts[ScreenText.NotPossible], [view.Message], [(texts[ScreenText.Again], self)]), 0),
        _ => (new ScreenFacts(texts[ScreenText.SignIn], [texts[ScreenText.OneMoment]], [(texts[ScreenText.Refresh], self)]), 2),
    };

    private List<string> PairingLines(SignInView view, ScreenTexts.Texts texts)
    {
        var lines = new List<string> { $"{texts[ScreenText.GoTo]} {view.VerificationUri}", $"{texts[ScreenText.EnterCode]}:", view.UserCode };
        if (view.ExpiresAtUtc is { } ends)
        {
            var minutes = (int)Math.Max(1, Math.Ceiling((ends - time.GetUtcNow()).TotalMinutes));
            lines.Add(string.Format(CultureInfo.InvariantCulture, texts[ScreenText.MinutesLeft], minutes));
        }

        return lines;
    }

    private async Task<(ScreenFacts, int)?> SignOutAsync(DeviceToken device, bool isConfirmed, ProvisioningPath path, ScreenTexts.Texts texts)
    {
        if (!isConfirmed)
        {
            return (new ScreenFacts(texts[ScreenText.SignOut], [texts[ScreenText.ReallySignOut]], [(texts[ScreenText.Yes], Url(path, SignOutPage) + "?yes")]), 0);
        }

        var outcome = await grains.GetGrain<IDeviceGrain>(device.Mac).SignOut(new SignOutCommand { ScreenTokenRandom = device.Random });
        return outcome.Status == CommandStatus.Done
            ? (new ScreenFacts(texts[ScreenText.SignedOut], [texts[ScreenText.SignedOut]], []), 0)
            : (new ScreenFacts(texts[ScreenText.SignOut], [outcome.Message], []), 0);
    }

    private string Url(ProvisioningPath path, string page) => $"{options.SecureRoot}/s/{path.Token}/{page}";
}
