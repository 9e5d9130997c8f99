using SipGateway.Admin.V1;

namespace SipGateway.Portal.Tests.Calls;

/// <summary>An open list: it shows the truth at last, whatever changes while it is read.</summary>
public sealed class DeviceFollowerTests
{
    private const int PageSize = 10;

    [Fact]
    public void Change_HeardWhileThePageIsRead_IsShownAfter()
    {
        using var page = NewFollower();
        page.BeginReading();
        page.Hear(News(Phones.Of(1, "new")));

        page.Show([Phones.Of(1)], Everything);

        page.Heard.IsCompleted.Should().BeTrue();
        page.Take().Changed[Phones.Name(1)].Location.Should().Be("new");
        page.Heard.IsCompleted.Should().BeFalse("it was taken");
    }

    [Fact]
    public void MoreThanCanBeKeptWhileThePageIsRead_MakesItBeReadAgain()
    {
        using var page = NewFollower();
        page.BeginReading();
        for (var n = 0; n < 1000; n++) page.Hear(News(Phones.Of(5000, "elsewhere")));

        page.Show([Phones.Of(1)], new DeviceWindow(Phones.Mac(1), Phones.Mac(1), Anything));

        page.Take().IsStale.Should().BeTrue();
    }

    [Theory]
    [InlineData("", "", 3, false)]
    [InlineData("", "", 25, true)]
    [InlineData("", "-phone", 25, true)]
    [InlineData("", "location", 3, true)]
    [InlineData("nothing like it", "", 25, false)]
    [InlineData("Hall", "", 25, true)]
    [InlineData("00:15:65", "", 25, true)]
    [InlineData("location = Hall", "", 25, true)]
    [InlineData("location = Hall", "", 40, false)]
    public void PhoneOfAnotherPage_MakesAListStaleOnlyWhenItMayBelongThere(string search, string order, int changed, bool isStale)
    {
        var query = DeviceQuery.Of("", search, [], order, "");
        var shown = Enumerable.Range(20, PageSize).Where(n => n != 25).Select(n => Phones.Of(n, "Hall 1")).ToList();
        if (order == "-phone") shown.Reverse();
        using var page = NewFollower();
        page.Show(shown, DeviceWindow.Of(query, shown, isFirst: false, isLast: false));

        page.Hear(News(Phones.Of(changed, "Hall 2")));

        page.Take().IsStale.Should().Be(isStale);
    }

    [Fact]
    public void PhoneThatIsGone_OrNoLongerMatches_MakesItsListStale()
    {
        var query = DeviceQuery.Of("signed-in", "", [], "", "");
        var shown = new[] { Phones.Of(1), Phones.Of(2) };
        using var page = NewFollower();
        page.Show(shown, DeviceWindow.Of(query, shown, isFirst: true, isLast: true));
        page.Hear(News(Phones.Of(2, state: Device.Types.State.WaitingForSignIn)));
        page.Take().IsStale.Should().BeTrue();

        page.Show(shown, DeviceWindow.Of(query, shown, isFirst: true, isLast: true));
        page.Hear(new DeviceNews(new Dictionary<string, Device?> { [Phones.Name(1)] = null }));
        page.Take().IsStale.Should().BeTrue();
    }

    [Theory]
    [InlineData("Hall", "", "Hall 2", false)]
    [InlineData("Hall", "", "Attic", true)]
    [InlineData("location = Hall", "", "Hall 2", true)]
    [InlineData("", "location", "Hall 1", false)]
    [InlineData("", "location", "Hall 2", true)]
    public void PhoneOnThePage_MakesItStaleWhenItMayNoLongerBelongThere(string search, string order, string location, bool isStale)
    {
        var shown = new[] { Phones.Of(1, "Hall 1"), Phones.Of(2, "Hall 1") };
        using var page = NewFollower();
        page.Show(shown, DeviceWindow.Of(DeviceQuery.Of("", search, [], order, ""), shown, isFirst: true, isLast: true));

        page.Hear(News(Phones.Of(2, location)));

        page.Take().Should().Match<Tidings>(t => t.IsStale == isStale && t.Changed.Count == 1);
    }

    [Fact]
    public void Burst_OfAnything_AtAnyTime_TheListShowsTheTruthAtLast()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var page = NewFollower();
            var list = new ModelList(seed, page);
            list.Run(steps: 120);
            list.Shown.Should().Equal(list.Truth, "seed {0}", seed);
        }
    }

    private static DeviceMatch Anything => new(_ => true, _ => true);

    private static DeviceWindow Everything => new(null, null, Anything);

    private static DeviceFollower NewFollower() => new((_, _) => throw new InvalidOperationException("nobody watches"), _ => { });

    private static DeviceNews News(Device device) => new(new Dictionary<string, Device?> { [device.Name] = device });

    /// <summary>A list in one of its views, its fleet, and a feed that tells of changes late and together.</summary>
    private sealed class ModelList
    {
        private static readonly (string Tab, string Search, string Order)[] Views =
            [("", "", ""), ("signed-in", "", ""), ("", "Hall 1", ""), ("signed-in", "", "-phone"), ("", "", "location"), ("", "001565", ""), ("", "location = \"Hall 1\"", ""), ("", "Halle é", "")];

        private readonly Random random;
        private readonly DeviceFollower page;
        private readonly DeviceQuery query;
        private readonly SortedDictionary<int, Device> fleet = [];
        private readonly Dictionary<string, Device?> untold = new(StringComparer.Ordinal);
        private List<Device>? reading;
        private bool readingIsLast;

        public ModelList(int seed, DeviceFollower page)
        {
            (random, this.page) = (new Random(seed), page);
            var (tab, search, order) = Views[seed % Views.Length];
            query = DeviceQuery.Of(tab, search, [], order, "");
            for (var n = 0; n < 30; n++) Change();
            BeginReading();
            EndReading();
        }

        public List<Device> Shown { get; private set; } = [];

        public IEnumerable<Device> Truth => Ordered(Matching()).Take(PageSize);

        public void Run(int steps)
        {
            for (var n = 0; n < steps; n++)
            {
                Action step = random.Next(10) switch { < 5 => Change, < 7 => Tell, 7 => Take, 8 when reading is null => BeginReading, _ => EndReading };
                step();
            }

            // :: Nothing changes any more; what is untold is told, and a stale page is read.
            EndReading();
            Tell();
            for (var n = 0; n < 2; n++) Take();
            if (page.Take().IsStale)
            {
                BeginReading();
                EndReading();
            }
        }

        private void Change()
        {
            var number = random.Next(40);
            Device? now = random.Next(5) == 0 ? null : Phones.Of(
                number, $"Hall {random.Next(3)}", random.Next(2) == 0 ? Device.Types.State.SignedIn : Device.Types.State.WaitingForSignIn);
            if (now is null) fleet.Remove(number);
            else fleet[number] = now;
            untold[Phones.Name(number)] = now;
        }

        private void Tell()
        {
            page.Hear(new DeviceNews(new Dictionary<string, Device?>(untold)));
            untold.Clear();
        }

        private void Take()
        {
            var changed = page.Take().Changed;
            Shown = [.. Shown.Select(d => changed.GetValueOrDefault(d.Name, d))];
        }

        private void BeginReading()
        {
            page.BeginReading();
            var all = Ordered(Matching()).ToList();
            (reading, readingIsLast) = ([.. all.Take(PageSize)], all.Count <= PageSize);
        }

        private void EndReading()
        {
            if (reading is null) return;
            Shown = reading;
            page.Show(Shown, DeviceWindow.Of(query, Shown, isFirst: true, isLast: readingIsLast));
            reading = null;
        }

        private IEnumerable<Device> Matching() => fleet.Values.Where(d =>
            (query.Tab != "signed-in" || d.State == Device.Types.State.SignedIn)
            && (!query.Search.Contains("Hall", StringComparison.Ordinal) || d.Location.StartsWith("Hall 1", StringComparison.Ordinal)));

        private IEnumerable<Device> Ordered(IEnumerable<Device> devices) => query.Order switch
        {
            "-phone" => devices.OrderByDescending(d => d.Mac, StringComparer.Ordinal),
            "location" => devices.OrderBy(d => d.Location, StringComparer.Ordinal).ThenBy(d => d.Mac, StringComparer.Ordinal),
            _ => devices.OrderBy(d => d.Mac, StringComparer.Ordinal),
        };
    }
}
