namespace SipGateway.Edge;

/// <summary>What is heard after a right code: three rising notes and a pause, again and again.</summary>
internal static class ConfirmationTone
{
    /// <summary>Samples per second of G.711.</summary>
    public const int SampleRate = 8_000;

    private const int NoteSamples = SampleRate / 5;
    private const int PatternSamples = SampleRate;
    private const int FadeSamples = SampleRate / 100;
    private const double Amplitude = 9_000;

    private static readonly double[] NotesHz = [523.25, 659.26, 783.99];

    /// <summary>The sample at this place.</summary>
    public static short Sample(int index)
    {
        var place = index % PatternSamples;
        var note = place / NoteSamples;
        if (note >= NotesHz.Length)
        {
            return 0;
        }

        // Without a fade every note would begin and end with a click.
        var inNote = place % NoteSamples;
        var fade = Math.Min(1.0, Math.Min(inNote, NoteSamples - inNote) / (double)FadeSamples);
        return (short)(Amplitude * fade * Math.Sin(2 * Math.PI * NotesHz[note] * inNote / SampleRate));
    }
}
