using QRCoder;

namespace SipGateway.Edge;

/// <summary>A QR code of where to go, for a phone's screen: who points a camera at it types neither address nor code.</summary>
internal static class QrPicture
{
    public const string Png = "qr.png";
    public const string Bitmap = "qr.bmp";

    /// <summary>
    /// A longer address makes a picture larger than the smallest of the screens, which has 240 lines, and than <see cref="MaxBytes"/>: no picture
    /// then, the text is there. Sign-in pages' addresses have some 60.
    /// </summary>
    public const int MaxCharacters = 120;

    /// <summary>Poly's browser keeps little more of pictures; a bitmap of the longest address is below.</summary>
    public const int MaxBytes = 100_000;

    // Dots of the screen for one of the code: at most 212 by 212 and 159 by 159.
    private const int DotsOfPng = 4;
    private const int DotsOfBitmap = 3;

    /// <summary>Whether there is such a picture.</summary>
    public static bool IsPicture(string file) => Is(file, Png) || Is(file, Bitmap);

    /// <summary>Its content type.</summary>
    public static string TypeOf(string file) => Is(file, Bitmap) ? "image/bmp" : "image/png";

    /// <summary>The picture; null when the text is too long for one.</summary>
    /// <param name="file">Which form.</param>
    /// <param name="text">What stands in it.</param>
    public static byte[]? Of(string file, string text)
    {
        if (text.Length is 0 or > MaxCharacters) return null;
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var picture = Is(file, Bitmap) ? new BitmapByteQRCode(code).GetGraphic(DotsOfBitmap) : new PngByteQRCode(code).GetGraphic(DotsOfPng);
        return picture.Length <= MaxBytes ? picture : null;
    }

    private static bool Is(string file, string name) => file.Equals(name, StringComparison.OrdinalIgnoreCase);
}
