using Microsoft.Playwright;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>The user, with Debian's Chromium.</summary>
internal static class ChromiumUser
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task SignInAsync(string url, string code, string userId, string password)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true, Locale = "en-US" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(url);
        await page.GetByLabel("code", new PageGetByLabelOptions { Exact = false }).First.FillAsync(code);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("button[name=answer][value=yes]").ClickAsync();
        await page.Locator("#username").FillAsync(userId);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("p[role=status]").WaitForAsync();
    }
}
