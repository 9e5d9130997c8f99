namespace SipGateway.Edge;

/// <summary>A country's tones, from ITU-T E.180 supplement 2 ("Various tones used in national networks").</summary>
/// <param name="Dial">Dial now.</param>
/// <param name="Ringback">It rings over there.</param>
/// <param name="Busy">Somebody else is talking there.</param>
/// <param name="Congestion">It goes no further: "reorder" to the vendors.</param>
internal sealed record CountryTones(CallProgressTone Dial, CallProgressTone Ringback, CallProgressTone Busy, CallProgressTone Congestion)
{
    private static readonly Dictionary<string, CountryTones> All = new(StringComparer.Ordinal)
    {
        ["AT"] = Read("420", "420 1000/5000", "420 400/400", "420 200/200"),
        ["AU"] = Read("413+438", "413+438 400/200/400/2000", "425 375/375", "425 375/375"),
        ["BE"] = Read("425", "425 1000/3000", "425 500/500", "425 167/167"),
        ["BR"] = Read("425", "425 1000/4000", "425 250/250", "425 250/250/750/250"),
        ["CA"] = Read("350+440", "440+480 2000/4000", "480+620 500/500", "480+620 250/250"),
        ["CH"] = Read("425", "425 1000/4000", "425 500/500", "425 200/200"),
        ["CN"] = Read("450", "450 1000/4000", "450 350/350", "450 700/700"),
        ["DE"] = Read("425", "425 1000/4000", "425 480/480", "425 240/240"),
        ["DK"] = Read("425", "425 1000/4000", "425 500/500", "425 200/200"),
        ["ES"] = Read("425", "425 1500/3000", "425 200/200", "425 200/200/200/200/200/600"),
        ["FI"] = Read("425", "425 1000/4000", "425 300/300", "425 200/200"),
        ["FR"] = Read("440", "440 1500/3500", "440 500/500", "440 250/250"),
        ["GB"] = Read("350+440", "400+450 400/200/400/2000", "400 375/375", "400 400/350/225/525"),
        ["IT"] = Read("425 200/200/600/1000", "425 1000/4000", "425 500/500", "425 200/200"),
        ["JP"] = Read("400", "400 1000/2000", "400 500/500", "400 500/500"),
        ["MX"] = Read("425", "425 1000/4000", "425 250/250", "425 250/250"),
        ["NL"] = Read("425", "425 1000/4000", "425 500/500", "425 250/250"),
        ["NO"] = Read("425", "425 1000/4000", "425 500/500", "425 200/200"),
        ["NZ"] = Read("400", "400+450 400/200/400/2000", "400 500/500", "400 250/250"),
        ["PT"] = Read("425", "425 1000/5000", "425 500/500", "425 200/200"),
        ["SE"] = Read("425", "425 1000/5000", "425 250/250", "425 250/750"),
        ["US"] = Read("350+440", "440+480 2000/4000", "480+620 500/500", "480+620 250/250"),
    };

    /// <summary>As Cisco's read them; null: the country is not in the table, or nobody said one.</summary>
    public static object? Sipura(FileFacts facts) => All.GetValueOrDefault(facts.Policy.ToneCountry) is { } tones
        ? new
        {
            Dial = tones.Dial.ToSipura("10"), Ringback = tones.Ringback.ToSipura("*"), Busy = tones.Busy.ToSipura("10"),
            Reorder = tones.Congestion.ToSipura("10"),
        }
        : null;

    /// <summary>As Grandstream's and Htek's read them; null likewise.</summary>
    public static object? Grandstream(FileFacts facts) => All.GetValueOrDefault(facts.Policy.ToneCountry) is { } tones
        ? new
        {
            Dial = tones.Dial.ToGrandstream(), Ringback = tones.Ringback.ToGrandstream(), Busy = tones.Busy.ToGrandstream(),
            Reorder = tones.Congestion.ToGrandstream(),
        }
        : null;

    private static CountryTones Read(string dial, string ringback, string busy, string congestion) => new(
        CallProgressTone.Parse(dial), CallProgressTone.Parse(ringback), CallProgressTone.Parse(busy), CallProgressTone.Parse(congestion));
}
