using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace SipGateway.Pages;

/// <summary>How long a person waits for rows: a page opened anew, a filter, a search, an order and the next page, as Chromium shows them.</summary>
internal static class FirstRows
{
    private const string Row = "table.devices tbody tr";

    private static readonly (string What, string Path)[] Views =
    [
        ("all phones", "/"), ("a tab", "/?tab=offline"), ("a filter", "/?model=T46S"), ("a search", "/?q=0000"), ("another order", "/?order=-user"),
    ];

    /// <summary>Prints the middle and the slowest of each, in milliseconds.</summary>
    public static async Task RunAsync(string origin, string key, int times)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await (await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en-US" })).NewPageAsync();
        await page.GotoAsync(origin);
        await page.Locator("#key").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(Row).First.WaitForAsync();
        foreach (var (what, path) in Views)
        {
            var took = new List<double>();
            for (var time = 0; time <= times; time++)
            {
                var began = Stopwatch.GetTimestamp();
                await page.GotoAsync(origin + path);
                await page.Locator($"{Row}, .empty").First.WaitForAsync();

                // The first time compiles.
                if (time > 0) took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            took.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {took[took.Count / 2]:f0} (slowest {took[^1]:f0}) ms"));
        }
    }
}
