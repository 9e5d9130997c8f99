using System.Text;
using SipGateway.Admin.V1;
using Sample = SipGateway.Admin.V1.ListFleetSamplesResponse.Types.FleetSample;

namespace SipGateway.Portal;

/// <summary>Samples as lines and bars in a box of <see cref="Width"/> by <see cref="Height"/>; nothing is drawn where nobody counted.</summary>
internal sealed class HistoryChart(IReadOnlyList<Sample> samples, DateTimeOffset from, DateTimeOffset until, TimeSpan step)
{
    /// <summary>Of the box; it is stretched to what the page has.</summary>
    public const double Width = 600;

    /// <summary>Of the box.</summary>
    public const double Height = 160;

    // Bars are few failures beside many phones: they get a scale, and a part of the box, of their own.
    private const double BarsHeight = 48;

    private readonly long _most = Math.Max(1, samples.Select(sample => sample.DeviceCount).DefaultIfEmpty().Max());

    /// <summary>A line through all samples, as an SVG path.</summary>
    public string Line(Func<Sample, long> read)
    {
        var path = new StringBuilder();
        foreach (var run in Runs())
        {
            path.Append(PathOf(run, read));
        }

        return path.ToString();
    }

    /// <summary>The same down to the ground.</summary>
    public string Area(Func<Sample, long> read)
    {
        var path = new StringBuilder();
        foreach (var run in Runs())
        {
            path.Append(PathOf(run, read)).Append($"L{Numbers.Svg(X(run[^1]))} {Numbers.Svg(Height)}L{Numbers.Svg(X(run[0]))} {Numbers.Svg(Height)}Z");
        }

        return path.ToString();
    }

    /// <summary>A bar for each sample that has any.</summary>
    public IEnumerable<(string X, string Y, string Width, string Height)> Bars(Func<Sample, long> read)
    {
        var most = samples.Select(read).DefaultIfEmpty().Max();
        var width = Math.Max(2, Width * (step / (until - from)) * 0.7);
        foreach (var sample in samples.Where(sample => read(sample) > 0))
        {
            var height = Math.Max(3, BarsHeight * read(sample) / most);
            var left = Math.Clamp(X(sample) - (width / 2), 0, Width - width);
            yield return (Numbers.Svg(Round(left)), Numbers.Svg(Round(Height - height)), Numbers.Svg(Round(width)), Numbers.Svg(Round(height)));
        }
    }

    // Where silos were away the line is broken.
    private IEnumerable<List<Sample>> Runs()
    {
        var run = new List<Sample>();
        foreach (var sample in samples)
        {
            if (run.Count > 0 && At(sample) - At(run[^1]) > 2.5 * step)
            {
                yield return run;
                run = [];
            }

            run.Add(sample);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    // A single sample is a short stroke: a line needs two ends.
    private string PathOf(List<Sample> run, Func<Sample, long> read) => string.Concat(run.Select((sample, i) =>
            $"{(i == 0 ? 'M' : 'L')}{Numbers.Svg(X(sample))} {Numbers.Svg(Y(read(sample)))}"))
        + (run.Count == 1 ? $"h{Numbers.Svg(Round(Math.Min(2, Width - X(run[0]))))}" : "");

    private double X(Sample sample) => Round(Math.Clamp(Width * ((At(sample) - from) / (until - from)), 0, Width));

    private double Y(long count) => Round(Height - ((Height - 4) * count / _most));

    private static DateTimeOffset At(Sample sample) => sample.SampleTime.ToDateTimeOffset();

    private static double Round(double number) => Math.Round(number, 1);
}
