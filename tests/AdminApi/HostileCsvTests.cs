using System.Diagnostics;
using System.Text;

namespace SipGateway.AdminApi.Tests;

/// <summary>Tables nobody's export would write: each gives rows or an error, and soon.</summary>
public sealed class HostileCsvTests
{
    private const int Seed = 4180;

    private static readonly char[] Spice = ['"', ',', ';', '\t', '\r', '\n', '\0', '\uFEFF', '\uD800', '=', '\'', '\u202E'];

    public static TheoryData<string> Tables => [
        "MAC id,Location\n\"", "MAC id,Location\n\"001565aa0001", "MAC id,Location\n" + new string('"', 100_001), "\"MAC id\",\"Loc\nation\"\n",
        "MAC id,Location\n" + new string(',', 200_000), "MAC id,Location\n001565aa0001," + new string('x', 200_000), new string('\n', 100_000),
        "MAC id,MAC id,MAC id\n,,", "MAC id,Location\r001565aa0001,a\r", "MAC id,Location\n001565aa0001,=cmd|'/c calc'!A1\n", "\0\0\0", "\uFEFF\uFEFF",
        "MAC id,Location\n\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661,a\n",
    ];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Read_HostileTable_GivesRowsOrAnError(string csv) => Check(csv);

    [Fact]
    public void Read_MutatedTables_GiveRowsOrAnError()
    {
        var random = new Random(Seed);
        const string Good = "MAC id,Location\r\n001565aa0001,\"Room \"\"1\"\"\"\r\n00:15:65:aa:00:02,Hall\r\n0015-65aa-0003,\r\n";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(Good);
            for (var edits = random.Next(1, 8); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Insert(at, Spice[random.Next(Spice.Length)]),
                    1 => text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at)),
                    _ => text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at))),
                };
                if (text.Length == 0)
                {
                    text.Append(Good);
                }
            }

            Check(text.ToString());
        }
    }

    private static void Check(string csv)
    {
        var watch = Stopwatch.StartNew();
        var (items, error) = ImportCsv.Read(csv);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        (items.IsEmpty && string.IsNullOrEmpty(error)).Should().BeFalse("rows or a reason, for {0}", csv[..Math.Min(200, csv.Length)]);
        items.Should().AllSatisfy(i =>
        {
            i.Detail.Any(char.IsControl).Should().BeFalse();
            i.Detail.Length.Should().BeLessThanOrEqualTo(AdminApiLimits.MaxLocationChars);
        });
    }
}
