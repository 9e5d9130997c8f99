using System.Globalization;

namespace SipGateway.Edge;

/// <summary>One tone: what it sounds like, for phones that are told frequencies and times.</summary>
/// <param name="Hertz">One frequency, or two at once.</param>
/// <param name="Milliseconds">On, off, on, off; none: it goes on.</param>
internal sealed record CallProgressTone(IReadOnlyList<int> Hertz, IReadOnlyList<int> Milliseconds)
{
    /// <summary>Reads <c>400+450 400/200/400/2000</c>.</summary>
    public static CallProgressTone Parse(string text)
    {
        static int[] Numbers(string part, char between) => [.. part.Split(between).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        var parts = text.Split(' ');
        return new CallProgressTone(Numbers(parts[0], '+'), parts.Length > 1 ? Numbers(parts[1], '/') : []);
    }

    /// <summary>A tone script of Sipura's, as Cisco's phones and adapters read it: <c>440@-19,480@-19;*(2/4/1+2)</c>.</summary>
    /// <param name="seconds">How long it is played; <c>*</c> for as long as it lasts.</param>
    public string ToSipura(string seconds)
    {
        var frequencies = string.Join(',', Hertz.Select(hertz => $"{hertz}@-19"));
        var all = Hertz.Count > 1 ? "1+2" : "1";
        var sections = Milliseconds.Count == 0 ? [$"*/0/{all}"] : Milliseconds.Chunk(2).Select(pair => $"{Seconds(pair[0])}/{Seconds(pair[1])}/{all}");
        return $"{frequencies};{seconds}({string.Join(',', sections)})";
    }

    /// <summary>As Grandstream's and Htek's read it: <c>f1=440@-19,f2=480@-19,c=2000/4000;</c>.</summary>
    public string ToGrandstream()
    {
        var times = Milliseconds.Count == 0 ? "0/0" : string.Join('-', Milliseconds.Chunk(2).Select(pair => $"{pair[0]}/{pair[1]}"));
        return $"f1={Hertz[0]}@-19,f2={(Hertz.Count > 1 ? Hertz[1] : 0)}@-19,c={times};";
    }

    private static string Seconds(int milliseconds) => (milliseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
