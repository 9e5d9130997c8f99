namespace SipGateway.Edge;

/// <summary>The two laws of ITU-T G.711.</summary>
internal enum G711Law
{
    /// <summary>μ-law, RTP payload type 0.</summary>
    MuLaw,

    /// <summary>A-law, RTP payload type 8.</summary>
    ALaw,
}

/// <summary>ITU-T G.711: 16-bit samples to octets.</summary>
internal static class G711
{
    private const int MuLawBias = 0x84;
    private const int MuLawClip = 32_635;

    public static byte Encode(G711Law law, short sample) => law == G711Law.MuLaw ? MuLaw(sample) : ALaw(sample);

    private static byte MuLaw(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs(sample), MuLawClip) + MuLawBias;
        var exponent = 31 - int.LeadingZeroCount(magnitude) - 7;
        var mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }

    private static byte ALaw(int sample)
    {
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = Math.Min(sample >= 0 ? sample : ~sample, 32_767) >> 4;
        var exponent = magnitude < 16 ? 0 : 31 - int.LeadingZeroCount(magnitude) - 3;
        var mantissa = exponent < 2 ? magnitude & 0x0F : (magnitude >> (exponent - 1)) & 0x0F;
        return (byte)((sign | (exponent << 4) | mantissa) ^ 0x55);
    }
}
