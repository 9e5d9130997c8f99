using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>One vendor's phones, whole: a new vendor is one folder that has this.</summary>
internal interface IVendor : INotifyDialect
{
    /// <summary>The phone behind a user agent; null when it is none of this vendor's.</summary>
    RecognizedPhone? Recognize(string userAgent);

    /// <summary>
    /// The phone behind a file name that no other vendor's phones ask for; asked only when nobody knows the user agent, so that no vendor takes another's
    /// phone. Default: none.
    /// </summary>
    RecognizedPhone? RecognizeFile(string fileName) => null;

    /// <summary>The phone behind a SIP User-Agent; null when it is none of this vendor's. Most say over SIP what they say over HTTP.</summary>
    RecognizedPhone? RecognizeSip(string userAgent) => Recognize(userAgent);

    /// <summary>What a file name asks for; null when this vendor's phones ask for no such file.</summary>
    VendorFile? Route(string fileName, RecognizedPhone phone);

    /// <summary>Whether its phones ask for this file of what they sent themselves. Overrides of settings are none: the gateway's would be undone.</summary>
    bool IsKept(string fileName) => false;

    /// <summary>
    /// The MAC that a factory certificate of this vendor is for; null: none, such as the generic certificate that many phones share. Default: the
    /// common name is the MAC and nothing else.
    /// </summary>
    string? MacIn(CertificateSubject subject) => subject.MacIn(CertificateSubject.CommonName);

    /// <summary>How many lines a device of this model has: an adapter's ports, a DECT base's handsets. Default: 1.</summary>
    int LinesOf(RecognizedPhone phone) => 1;

    /// <summary>Renders a file. Equal facts give equal bytes.</summary>
    string Render(VendorFile file, FileFacts facts);

    /// <summary>Whether its files say where firmware is. A vendor without is left alone.</summary>
    bool TakesFirmware => false;

    /// <summary>The content type of its files.</summary>
    string FileContentType { get; }

    /// <summary>Renders a page of the phone's own browser.</summary>
    string RenderScreen(ScreenFacts screen);

    /// <summary>The content type of its pages.</summary>
    string ScreenContentType { get; }

    /// <summary>Where the browser of such a phone shows a picture. Default: nowhere.</summary>
    PicturePlace PictureOn(RecognizedPhone phone) => PicturePlace.Nowhere;
}

/// <summary>A file that a phone asked for.</summary>
/// <param name="Kind">Its place in the boot order; <see cref="ConfigFile.Boot"/> is the first, and the proof of a boot.</param>
/// <param name="Mac">The MAC in its name; empty when it is for all phones of a model.</param>
internal sealed record VendorFile(ConfigFile Kind, string Mac);

/// <summary>Everything a file is rendered from.</summary>
internal sealed record FileFacts
{
    public required RecognizedPhone Phone { get; init; }

    public required string Mac { get; init; }

    public required string Language { get; init; }

    /// <summary>Where this device fetches from now on.</summary>
    public string DeviceUrl { get; init; } = "";

    /// <summary>What its sign-in (or sign-out) key opens.</summary>
    public string ScreenUrl { get; init; } = "";

    public string CaUrl { get; init; } = "";

    public string SipUser { get; init; } = "";

    public string SipPassword { get; init; } = "";

    public required string SipDomain { get; init; }

    public required string SipHost { get; init; }

    public required int SipPort { get; init; }

    /// <summary>Where it registers when <see cref="SipHost"/> says nothing; null: nowhere.</summary>
    public SipServer? SecondServer { get; init; }

    public required PhoneTransport SipTransport { get; init; }

    public bool IsSignedIn { get; init; }

    /// <summary>The device's own configuration and not a bootstrap.</summary>
    public bool IsDevice { get; init; }

    public string DisplayName { get; init; } = "";

    public string PhoneNumber { get; init; } = "";

    /// <summary>The device's other lines, in the order of their numbers; none in a bootstrap.</summary>
    public IReadOnlyList<LineFacts> Lines { get; init; } = [];

    /// <summary>Where its firmware is; empty: nowhere now, which takes back what was said before; null: nothing is said of it.</summary>
    public string? FirmwareUrl { get; init; }

    public required EffectivePolicy Policy { get; init; }
}

/// <summary>What a file says of a line beside the first.</summary>
/// <param name="Number">From 2 on.</param>
/// <param name="SipUser">Its account.</param>
/// <param name="SipPassword">Its password.</param>
/// <param name="Label">The user's number, else the name; without a user what the line waits for.</param>
/// <param name="DisplayName">What others are shown; empty without a user.</param>
internal sealed record LineFacts(int Number, string SipUser, string SipPassword, string Label, string DisplayName);

/// <summary>What a page shows.</summary>
/// <param name="Title">The title.</param>
/// <param name="Lines">The text.</param>
/// <param name="Keys">Soft keys: label and address; an empty address leaves the page.</param>
internal sealed record ScreenFacts(string Title, IReadOnlyList<string> Lines, IReadOnlyList<(string Label, string Url)> Keys)
{
    /// <summary>Null: none. Only for phones that have a place for it.</summary>
    public ScreenPicture? Picture { get; init; }
}
