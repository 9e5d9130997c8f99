using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>A page, and when the phone shall ask again.</summary>
/// <param name="Facts">What it shows.</param>
/// <param name="RefreshSeconds">0: never.</param>
/// <param name="RefreshUrl">Where.</param>
internal sealed record ScreenPage(ScreenFacts Facts, int RefreshSeconds = 0, string RefreshUrl = "");

/// <summary>Whose screen it is. Exactly one of device and candidate is set.</summary>
internal sealed record ScreenAsker(DeviceToken? Device, Candidate? Candidate)
{
    public string Mac => Device?.Mac ?? Candidate!.Mac;

    public string Random => Device?.Random ?? Candidate!.Id;
}

/// <summary>Where a page is looked at.</summary>
/// <param name="Address">The peer: address and port.</param>
/// <param name="Phone">What its browser says it is; null when it says something else.</param>
/// <param name="Pictures">Where it shows a picture.</param>
internal sealed record ScreenSource(string Address, RecognizedPhone? Phone, PicturePlace Pictures = PicturePlace.Nowhere);

/// <summary>What the pages of one sign-in have in common.</summary>
/// <param name="Self">The page's own address.</param>
/// <param name="Texts">In the phone's language.</param>
/// <param name="Pictures">Where the phone shows a picture.</param>
/// <param name="WantsPicture">It asked for the page that is one.</param>
internal sealed record SignInPages(string Self, ScreenTexts.Texts Texts, PicturePlace Pictures, bool WantsPicture);
