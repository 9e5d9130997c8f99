using System.Buffers.Binary;
using System.IO.Compression;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace SipGateway.Edge.Tests.Provisioning.Pictures;

/// <summary>Looks at a picture as a telephone with a camera does: another maker's reader of QR codes.</summary>
internal static class Camera
{
    /// <summary>What the QR code says; null when there is none to be read.</summary>
    public static string? Read(byte[] picture)
    {
        var (width, height, grey) = picture is [(byte)'B', (byte)'M', ..] ? Bitmap(picture) : Png(picture);
        var light = new RGBLuminanceSource(grey, width, height, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(light)))?.Text;
    }

    // Uncompressed, 24 bits a dot, the lowest line first: what Poly's browser is told to take.
    private static (int Width, int Height, byte[] Grey) Bitmap(byte[] file)
    {
        int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        var (start, width, height) = (Number(10), Number(18), Number(22));
        BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(28)).Should().Be(24);
        Number(30).Should().Be(0, "it is not compressed");
        var stride = ((width * 3) + 3) / 4 * 4;
        var grey = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) grey[(y * width) + x] = file[start + ((height - 1 - y) * stride) + (x * 3)];
        }

        return (width, height, grey);
    }

    // One bit a dot, lines as they are.
    private static (int Width, int Height, byte[] Grey) Png(byte[] file)
    {
        file.AsSpan(0, 8).ToArray().Should().Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        file[24].Should().Be(1, "a dot is a bit");
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) packed.Write(file, at + 8, length);
            at += length + 12;
        }

        packed.Position = 0;
        using var lines = new ZLibStream(packed, CompressionMode.Decompress);
        var grey = new byte[width * height];
        var line = new byte[1 + ((width + 7) / 8)];
        for (var y = 0; y < height; y++)
        {
            lines.ReadExactly(line);
            line[0].Should().Be(0);
            for (var x = 0; x < width; x++) grey[(y * width) + x] = (line[1 + (x / 8)] >> (7 - (x % 8)) & 1) == 0 ? (byte)0 : (byte)255;
        }

        return (width, height, grey);
    }
}
