using System.Globalization;
using Microsoft.Playwright;

namespace SipGateway.Pages;

/// <summary>Pages of the portal in one Chromium, each with a live connection of its own; a script in each notes how old a change is when it is shown.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    // All pages in one process of the browser: what is measured is the gateway, and fifty processes would need more memory than it.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--process-per-site", "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
    ];

    private const int Painted = 4;

    private const string Noting = """
        window.since = Infinity;
        window.delays = [];
        new MutationObserver((changes) => {
          const now = Date.now();
          for (const change of changes) {
            for (const node of change.type === "characterData" ? [change.target] : change.addedNodes) {
              for (const [, asked] of (node.textContent || "").matchAll(/t(\d{13})/g)) {
                if (Number(asked) >= window.since) window.delays.push(now - Number(asked));
              }
            }
          }
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly List<IPage> pages = [];

    private OpenPages(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>
    /// In turn: the first page of all phones, a tab, a search, and another order than the MAC's. The first few are drawn; the others are as a tab that nobody
    /// looks at: all that the gateway sends arrives and is put into the document, but is not painted, which fifty at a time would leave no core for.
    /// </summary>
    public static async Task<OpenPages> OpenAsync(string origin, string key, int count)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        var open = new OpenPages(playwright, browser);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en-US" });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(Noting);
        for (var number = 0; number < count; number++)
        {
            var page = await context.NewPageAsync();
            open.pages.Add(page);
            await page.GotoAsync(origin + PathOf(number));
            if (number == 0)
            {
                await page.Locator("#key").FillAsync(key);
                await page.Keyboard.PressAsync("Enter");
            }

            await page.Locator("table.devices tbody tr").First.WaitForAsync();
            if (number >= Painted) await page.EvaluateAsync("document.body.style.display = 'none'");
        }

        return open;
    }

    /// <summary>From now on changes are noted, those that are asked for from now on.</summary>
    public Task BeginAsync() => Task.WhenAll(pages.Select(page => page.EvaluateAsync("() => { window.since = Date.now(); }")));

    /// <summary>How old changes were when they were shown, in order.</summary>
    public async Task<long[]> DelaysMsAsync() =>
        [.. (await Task.WhenAll(pages.Select(page => page.EvaluateAsync<long[]>("window.delays")))).SelectMany(delays => delays).Order()];

    /// <summary>Rows that do not show what the gateway answers.</summary>
    public async Task<List<string>> UntrueAsync(Func<string, Task<string>> truth)
    {
        const string Rows = "[...document.querySelectorAll('table.devices tbody tr')].map(r => r.querySelector('.mac').textContent + ' ' + (/t\\d{13}/.exec(r.textContent) || [''])[0])";
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var untrue = new List<string>();
        foreach (var page in pages)
        {
            foreach (var row in (await page.EvaluateAsync<string[]>(Rows)).Select(text => text.Split(' ')))
            {
                var mac = row[0].Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
                if (!known.TryGetValue(mac, out var location)) known[mac] = location = await truth(mac);
                if (row[1] != location) untrue.Add($"{page.Url} shows '{row[1]}' for {mac}, which is at '{location}'");
            }
        }

        return untrue;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string PathOf(int number) => (number % 4) switch
    {
        0 => "/",
        1 => "/?tab=waiting-for-sign-in",
        2 => string.Create(CultureInfo.InvariantCulture, $"/?q=001565d00{number / 4 % 16:x}"),
        _ => "/?order=claimed",
    };
}
