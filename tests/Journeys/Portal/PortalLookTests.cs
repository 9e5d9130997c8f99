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

    internal static async Task PictureAsync(PortalVisitor visitor, string name)
    {
        await Task.Delay(200); // what moves comes to rest
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}.png"), FullPage = true });
        // A small screen and a large one, one in each theme.
        if (name.EndsWith("390-light", StringComparison.Ordinal) || name.EndsWith("1280-dark", StringComparison.Ordinal))
        {
            await visitor.IsUsableByAllAsync();
        }

        (await visitor.IsTooWideAsync()).Should().BeFalse("{0} should fit its window", name);
    }
}
