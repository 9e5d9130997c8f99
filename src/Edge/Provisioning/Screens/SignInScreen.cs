using System.Globalization;
using Microsoft.AspNetCore.Http;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>The pages behind the phone's sign-in key. A screen token opens them, and yields no secret.</summary>
internal sealed class SignInScreen(DeviceGrains devices, KeyRing keys, ProvisioningOptions options, TimeProvider time)
{
    public const string SignInPage = "signin.xml";
    public const string SignOutPage = "signout.xml";

    // The code on the page that asks again: who knows it was shown it, and may see what became of it.
    private const string CodeKey = "code";
    private const string ConfirmedKey = "yes";
    private const string PictureKey = "qr";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);

    /// <summary>Whether there is such a page.</summary>
    public static bool IsPage(string file) => Is(file, SignInPage) || Is(file, SignOutPage);

    /// <summary>Whose token it is; null when it is none of ours or too old.</summary>
    public ScreenAsker? AskerOf(string token)
    {
        if (DeviceToken.Parse(keys, DeviceTokenKind.Screen, token) is { } device) return new ScreenAsker(device, null);
        return Candidate.FromScreenToken(keys, token) is { } candidate && candidate.IsAlive(time.GetUtcNow())
            ? new ScreenAsker(null, candidate)
            : null;
    }

    /// <summary>The page.</summary>
    /// <exception cref="TimeoutException">The grain did not answer in time.</exception>
    public Task<ScreenPage> ShowAsync(
        ScreenAsker asker, ProvisioningPath path, ScreenSource source, IQueryCollection query, CancellationToken cancellation)
    {
        var language = path.KnownLanguage;
        var texts = ScreenTexts.Of(language);
        var root = $"{options.SecureRoot}{ProvisioningPath.Prefix(language)}/s/{path.Token}/";
        return Is(path.File, SignInPage)
            ? SignInAsync(
                asker, CommandOf(asker, source), query[CodeKey].ToString(),
                new SignInPages(root + SignInPage, texts, source.Pictures, query.ContainsKey(PictureKey)), cancellation)
            : SignOutAsync(asker, query.ContainsKey(ConfirmedKey), root + SignOutPage, texts, cancellation);
    }

    /// <summary>The picture of where to go; null: it is not what this phone was shown the code of, or the code is used or over.</summary>
    /// <exception cref="TimeoutException">The grain did not answer in time.</exception>
    public async Task<byte[]?> PictureAsync(ScreenAsker asker, string file, IQueryCollection query, CancellationToken cancellation) =>
        await ShownAsync(asker, query[CodeKey].ToString(), cancellation) is { Progress: SignInProgress.Pending } view && view.ExpiresAtUtc > time.GetUtcNow()
            ? QrPicture.Of(file, AddressIn(view))
            : null;

    // An authority that has no address with the code in it still has one to type the code at.
    private static string AddressIn(SignInView view) => view.VerificationUriComplete.Length > 0 ? view.VerificationUriComplete : view.VerificationUri;

    // The sign-in whose code the phone was shown; null: it is another's by now, or the phone was shown none.
    private async Task<SignInView?> ShownAsync(ScreenAsker asker, string shownCode, CancellationToken cancellation)
    {
        if (shownCode.Length == 0) return null;
        var present = await Bounded(devices.Of(asker.Mac).GetSignIn(), cancellation);
        return present.UserCode.Length > 0 && VerificationCode.AreEqual(present.UserCode, shownCode) ? present : null;
    }

    private async Task<ScreenPage> SignInAsync(
        ScreenAsker asker, StartSignInCommand command, string shownCode, SignInPages pages, CancellationToken cancellation)
    {
        if (await ShownAsync(asker, shownCode, cancellation) is { } shown) return Page(shown, pages);
        var (self, texts) = (pages.Self, pages.Texts);
        var grain = devices.Of(asker.Mac);

        var started = await Bounded(grain.StartSignIn(command), cancellation);
        if (started.Outcome.Status != CommandStatus.Done) return Refused(asker, started, self, texts);
        var view = started.View;
        var deadline = time.GetUtcNow() + options.ScreenWait;
        while (view.Progress == SignInProgress.Preparing && time.GetUtcNow() < deadline)
        {
            await Task.Delay(PollInterval, time, cancellation);
            view = await Bounded(grain.GetSignIn(), cancellation);
        }

        return Page(view, pages);
    }

    /// <summary>
    /// What was refused shows the reason and nothing of the sign-in that is going on: it may be another's. Only the phone in the seat, which
    /// by its token was let in, is told who is signed in.
    /// </summary>
    private static ScreenPage Refused(ScreenAsker asker, StartSignInOutcome started, string self, ScreenTexts.Texts texts) =>
        asker.Device is not null && started.Outcome.Reason is "SIGNED_IN" && started.View.Progress == SignInProgress.SignedIn
            ? SignedIn(started.View, texts)
            : Failed(started.Outcome.Message, self, texts);

    private ScreenPage Page(SignInView view, SignInPages pages)
    {
        var (self, texts) = (pages.Self, pages.Texts);
        if (view.Progress == SignInProgress.SignedIn) return SignedIn(view, texts);
        if (view.Progress == SignInProgress.Failed) return Failed(view.Message, self, texts);
        if (view.Progress != SignInProgress.Pending)
        {
            var wait = new ScreenFacts(texts[ScreenText.SignIn], [texts[ScreenText.OneMoment]], [(texts[ScreenText.Refresh], self)]);
            return new ScreenPage(wait, 2, self);
        }

        if (view.ExpiresAtUtc <= time.GetUtcNow()) return Failed(texts[ScreenText.Expired], self, texts);
        var again = $"{self}?{CodeKey}={Uri.EscapeDataString(view.UserCode)}";
        return pages is { Pictures: PicturePlace.AsThePage, WantsPicture: true } ? PicturePage(view, again, pages) : PairingPage(view, again, pages);
    }

    private ScreenPage PairingPage(SignInView view, string again, SignInPages pages)
    {
        var texts = pages.Texts;
        var hasPicture = pages.Pictures != PicturePlace.Nowhere && AddressIn(view).Length <= QrPicture.MaxCharacters;
        List<(string Label, string Url)> keys = [(texts[ScreenText.Refresh], again)];
        if (hasPicture && pages.Pictures == PicturePlace.AsThePage) keys.Add((texts[ScreenText.QrCode], $"{again}&{PictureKey}"));
        var facts = new ScreenFacts(texts[ScreenText.SignIn], PairingLines(view, texts), keys)
        {
            Picture = hasPicture && pages.Pictures == PicturePlace.InThePage ? PictureOf(again, QrPicture.Bitmap, PicturePlace.InThePage) : null,
        };
        return new ScreenPage(facts, 5, again);
    }

    private static ScreenPage PicturePage(SignInView view, string again, SignInPages pages)
    {
        var facts = new ScreenFacts(view.UserCode, [], [(pages.Texts[ScreenText.Back], again)])
        {
            Picture = PictureOf(again, QrPicture.Png, PicturePlace.AsThePage),
        };
        return new ScreenPage(facts, 5, $"{again}&{PictureKey}");
    }

    private static ScreenPicture PictureOf(string again, string file, PicturePlace place) =>
        new(again.Replace($"/{SignInPage}?", $"/{file}?", StringComparison.Ordinal), place);

    private static ScreenPage SignedIn(SignInView view, ScreenTexts.Texts texts) =>
        new(new ScreenFacts(texts[ScreenText.SignedInAs], [view.Message], [(texts[ScreenText.Back], "")]));

    private static ScreenPage Failed(string why, string self, ScreenTexts.Texts texts) => new(new ScreenFacts(
        texts[ScreenText.NotPossible],
        [why.Length > 0 ? why : texts[ScreenText.TryLater]],
        [(texts[ScreenText.Again], self), (texts[ScreenText.Back], "")]));

    private List<string> PairingLines(SignInView view, ScreenTexts.Texts texts)
    {
        List<string> lines = [$"{texts[ScreenText.GoTo]} {view.VerificationUri}", $"{texts[ScreenText.EnterCode]}:", view.UserCode];
        if (view.ExpiresAtUtc is { } ends)
        {
            var minutes = (int)Math.Max(1, Math.Ceiling((ends - time.GetUtcNow()).TotalMinutes));
            lines.Add(string.Format(CultureInfo.InvariantCulture, texts[ScreenText.MinutesLeft], minutes));
        }

        return lines;
    }

    private async Task<ScreenPage> SignOutAsync(
        ScreenAsker asker, bool isConfirmed, string self, ScreenTexts.Texts texts, CancellationToken cancellation)
    {
        // A candidate has nobody to sign out.
        if (asker.Device is not { } device) return SignedOut(texts[ScreenText.SignedOut], texts);
        if (!isConfirmed)
        {
            var keys = new[] { (texts[ScreenText.Yes], $"{self}?{ConfirmedKey}"), (texts[ScreenText.Back], "") };
            return new ScreenPage(new ScreenFacts(texts[ScreenText.SignOut], [texts[ScreenText.ReallySignOut]], keys));
        }

        var command = new SignOutCommand { ScreenTokenRandom = device.Random };
        var outcome = await Bounded(devices.Of(device.Mac).SignOut(command), cancellation);
        return SignedOut(outcome.Status == CommandStatus.Done ? texts[ScreenText.SignedOut] : outcome.Message, texts);
    }

    private static ScreenPage SignedOut(string line, ScreenTexts.Texts texts) =>
        new(new ScreenFacts(texts[ScreenText.SignOut], [line], [(texts[ScreenText.Back], "")]));

    private Task<T> Bounded<T>(Task<T> call, CancellationToken cancellation) => call.WaitAsync(options.GrainTimeout, time, cancellation);

    private static StartSignInCommand CommandOf(ScreenAsker asker, ScreenSource source) => new()
    {
        ScreenTokenRandom = asker.Device?.Random,
        Candidate = asker.Candidate is { } c ? new CandidateFacts { Id = c.Id, IssuedAtUtc = c.IssuedAtUtc } : null,
        Source = source.Address,
        Phone = source.Phone is { } phone ? Vendors.IdentityOf(phone) : null,
    };

    private static bool Is(string file, string page) => file.Equals(page, StringComparison.OrdinalIgnoreCase);
}
