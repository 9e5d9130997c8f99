using Microsoft.Playwright;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>The user, with Debian's Chromium.</summary>
internal static class ChromiumUser
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static Task SignInAsync(string url, string code, string userId, string password) => OnPageAsync(url, code, async page =>
    {
        await page.Locator("button[name=answer][value=yes]").ClickAsync();
        await page.Locator("#username").FillAsync(userId);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("p[role=status]").WaitForAsync();
        return 0;
    });

    /// <summary>Types the code, reads what is asked, and says no.</summary>
    /// <returns>What was asked, whether a password could have been typed then, and what was said to the no.</returns>
    public static Task<(string Question, bool HasPassword, string End)> RefuseAsync(string url, string code) => OnPageAsync(url, code, async page =>
    {
        await page.Locator("button[name=answer][value=no]").WaitForAsync();
        var question = await page.InnerTextAsync("main");
        var passwords = await page.Locator("input[type=password]").CountAsync();
        await page.Locator("button[name=answer][value=no]").ClickAsync();
        await page.Locator("p[role=status]").WaitForAsync();
        return (question, passwords > 0, await page.InnerTextAsync("main"));
    });

    /// <summary>Chromium, without a window.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = Arguments });

    private static async Task<T> OnPageAsync<T>(string url, string code, Func<IPage, Task<T>> act)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true, Locale = "en-US" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(url);
        await page.GetByLabel("code", new PageGetByLabelOptions { Exact = false }).First.FillAsync(code);
        await page.Keyboard.PressAsync("Enter");
        return await act(page);
    }
}
