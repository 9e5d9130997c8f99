using Microsoft.Data.Sqlite;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <content>None of the pages is wider than its window.</content>
public sealed partial class PortalAreasTests
{
    // Every screen when a person wants the pictures; else the narrowest and the widest, which break first.
    private static readonly bool IsLookedAt = Environment.GetEnvironmentVariable("PORTAL_PICTURES") is not null;

    private static IEnumerable<(int Width, bool IsDark)> Screens => IsLookedAt
        ? new[] { false, true }.SelectMany(isDark => new[] { 390, 1280, 1920 }.Select(width => (width, isDark)))
        : [(390, false), (1920, true)];

    [Fact]
    public async Task Areas_AtEveryWidthInBothThemes_FitTheWindow()
    {
        await portal.Admin.PostAsync($"{Tenant}/policies", new
        {
            policyId = "warehouse", displayName = "Loud and simple", language = "de", timeZone = "Europe/Vienna", emergencyNumbers = new[] { "112", "144" },
            settings = new Dictionary<string, string> { ["phone_setting.backlight_time"] = "60", ["features.a_key_nobody_knows"] = new('x', 90) },
        });
        await portal.Admin.PatchAsync($"{Tenant}/policies/warehouse?updateMask=language", new { language = "en" });
        await portal.Admin.PostAsync($"{Tenant}/sites", new { siteId = "warehouse-7", displayName = "Warehouse 7, harbour", policy = "warehouse" });
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aaef01", location = "Gate", site = "warehouse-7" });
        const string csv = "MAC id,Location\n001565aaef02,Roof\nnonsense,Cellar\n";
        var operation = ((string)(await portal.Admin.PostAsync($"{Tenant}/devices:import", new { csv }))["name"]!).Split('/')[^1];
        await using var phone = await portal.EnrolledAsync("001565aaef03", "Reception");
        await portal.Admin.PostAsync($"{Tenant}/devices/001565aaef03:assignUser", new { user = "alice" });
        await HadADayAsync();
        foreach (var (width, isDark) in Screens)
        {
            await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway, width, isDark: isDark);
            var name = $"{width}-{(isDark ? "dark" : "light")}";
            await visitor.EnterAsync("/overview", portal.Key);
            foreach (var (path, sees) in new[]
            {
                ("overview", "Healthy"), ("users", "Alice"), ("users/alice", "Reception"), ("sites", "Warehouse 7"), ("policies", "Loud and simple"),
                ("policies/warehouse", "Revision"), ("operations", "Import"), ($"operations/{operation}", "nonsense"), ("audit", "device.claim"),
            })
            {
                await visitor.GoAsync("/" + path);
                await visitor.SeesAsync(sees);
                await LookAsync(visitor, $"{path.Replace('/', '-').Replace(operation, "one", StringComparison.Ordinal)}-{name}");
            }

            await visitor.GoAsync("/policies/warehouse");
            await visitor.Page.Locator("#policy-zone").FillAsync("Europe/Berlin");
            await visitor.Page.Locator("#preview").ClickAsync();
            await visitor.Page.Locator("#save-policy").WaitForAsync();
            await LookAsync(visitor, $"preview-{name}");
            if (width == 390)
            {
                await visitor.ClickAsync("Menu");
                await LookAsync(visitor, $"menu-{name}");
            }

            visitor.Complaints.Should().BeEmpty();
        }
    }

    // A day of history that the gateway had no time to make: growing, with an outage at noon and failures after it.
    private async Task HadADayAsync()
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(portal.Gateway.DataDir, "gateway.db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < 143)
            INSERT INTO fleet_sample SELECT 'default', (unixepoch() / 600 - n) * 600000000, 40 - n / 8, CASE WHEN n BETWEEN 60 AND 66 THEN 4 ELSE 36 - n / 8 END, 30 - n / 8, 1,
                n % 3, CASE WHEN n BETWEEN 48 AND 59 THEN n % 5 ELSE 0 END FROM step WHERE n NOT BETWEEN 90 AND 99 ON CONFLICT DO NOTHING
            """;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task LookAsync(PortalVisitor visitor, string name)
    {
        if (IsLookedAt)
        {
            await PortalLookTests.PictureAsync(visitor, name);
        }

        if (name.EndsWith("1920-dark", StringComparison.Ordinal))
        {
            await visitor.IsUsableByAllAsync();
        }

        (await visitor.IsTooWideAsync()).Should().BeFalse("{0} should fit its window", name);
    }
}
