namespace SipGateway.Edge;

/// <summary>How a phone's browser can show a picture.</summary>
internal enum PicturePlace
{
    /// <summary>It cannot, or nobody wrote down that it can.</summary>
    Nowhere,

    /// <summary>Among the text of a page.</summary>
    InThePage,

    /// <summary>As a page of its own, which a key opens.</summary>
    AsThePage,
}

/// <summary>A picture of a page.</summary>
/// <param name="Url">Where the phone fetches it.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ScreenPicture(string Url, PicturePlace Place);
