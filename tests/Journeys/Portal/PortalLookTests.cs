using Microsoft.Playwright;
using SipGateway.Journeys.Tests.Running;
using static SipGateway.Journeys.Tests.Running.GatewayWithPhones;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>Every page at three widths in both themes: none is wider than its window. The pictures are left for a person to look at.</summary>
public sealed class PortalLookTests(PortalGateway portal) : IClassFixture<PortalGateway>
{
    private const string Busy = "001565aaee01";
    private static readonly string Folder = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("PORTAL_PICTURES") ?? Path.Combine(Path.GetTempPath(), "portal-pictures")).FullName;

    // Every screen when a person wants the pictures; else the narrowest and the widest, which break first.
    private static readonly bool IsLookedAt = Environment.GetEnvironmentVariable("PORTAL_PICTURES") is not null;

    private static IEnumerable<(int Width, bool IsDark)> Screens => IsLookedAt
        ? new[] { false, true }.SelectMany(isDark => new[] { 390, 1280, 1920 }.Select(width => (width, isDark)))
        : [(390, false), (1920, true)];

    [Fact]
    public async Task Pages_AtEveryWidthInBothThemes_FitTheWindow()
    {
        await using var nobody = await PortalVisitor.ComeAsync(portal.Gateway, 390);
        await nobody.EnterAsync("/", portal.Key);
        await nobody.SeesAsync("No phones yet");
        await PictureAsync(nobody, "empty-390");
        await using var phone = await portal.EnrolledAsync(Busy, "Reception, ground floor");
        await portal.Admin.PostAsync($"{Tenant}/devices/{Busy}:assignUser", new { user = "alice" });
        await portal.Admin.DeviceInStateAsync(Tenant, Busy, "SIGNED_IN", Patience);
        await using var waiting = await portal.EnrolledAsync("001565aaee02", "Meeting room 3");
        foreach (var (mac, location) in new[] { ("001565aaee03", "Warehouse, gate 7"), ("001565aaee04", ""), ("001565aaee05", "Kitchen") })
        {
            await portal.Admin.PostAsync($"{Tenant}/devices", new { mac, location });
        }

        foreach (var isDark in new[] { false, true })
        {
            foreach (var width in new[] { 390, 1280, 1920 })
            {
                await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway, width, isDark: isDark);
                var name = $"{width}-{(isDark ? "dark" : "light")}";
                await visitor.GoAsync("/");
                await PictureAsync(visitor, $"sign-in-{name}");
                await visitor.EnterAsync("/", portal.Key);
                await visitor.SeesAsync("Warehouse, gate 7");
                await PictureAsync(visitor, $"devices-{name}");
                await visitor.GoAsync($"/devices/{Busy}");
                await visitor.SeesAsync("Effective configuration");
                await PictureAsync(visitor, $"device-{name}");
                await visitor.GoAsync("/add");
                await visitor.Page.Locator("#mac").WaitForAsync();
                await PictureAsync(visitor, $"add-{name}");
                await visitor.Page.Locator("#mac").FillAsync("00-15-65-AA-EE-04");
                await visitor.Page.Locator("#make-code").ClickAsync();
                await visitor.Page.Locator(".dial").WaitForAsync();
                await PictureAsync(visitor, $"code-{name}");
                await visitor.GoAsync("/add?phone=001565aaee02");
                await visitor.Page.Locator("#start-sign-in").ClickAsync();
                await visitor.Page.Locator(".pairing").WaitForAsync();
                await PictureAsync(visitor, $"pairing-{name}");
                visitor.Complaints.Should().BeEmpty();
            }
        }
    }

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

    [Fact]
    public async Task Theme_Switched_IsRemembered()
    {
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/", portal.Key);
        await visitor.ClickAsync("Switch to dark");
        await visitor.Page.Locator("html[data-theme=dark]").WaitForAsync();
        await visitor.Page.ReloadAsync();
        await visitor.Page.Locator("html[data-theme=dark]").WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch to light" }).WaitForAsync();
    }

    private static async Task LookAsync(PortalVisitor visitor, string name)
    {
        if (IsLookedAt)
        {
            await PictureAsync(visitor, name);
        }

        (await visitor.IsTooWideAsync()).Should().BeFalse("{0} should fit its window", name);
    }

    private static async Task PictureAsync(PortalVisitor visitor, string name)
    {
        await Task.Delay(400); // what moves comes to rest
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}.png"), FullPage = true });
        if (visitor.Page.ViewportSize is not { Width: 1920 })
        {
            await visitor.IsUsableByAllAsync();
        }

        (await visitor.IsTooWideAsync()).Should().BeFalse("{0} should fit its window", name);
    }
}
