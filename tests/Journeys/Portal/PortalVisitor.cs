using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>An administrator with a browser. What the browser asks of whom, and what it complains of, is written down.</summary>
internal sealed class PortalVisitor : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly ConcurrentQueue<string> requests = new();
    private readonly ConcurrentQueue<string> complaints = new();

    private PortalVisitor(IPlaywright playwright, IBrowser browser, IPage page, string origin)
    {
        this.playwright = playwright;
        this.browser = browser;
        Page = page;
        Origin = origin;
    }

    public IPage Page { get; }

    public string Origin { get; }

    /// <summary>Every address that was asked for, web sockets included.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>What the browser wrote to its console as an error: a broken script, something that the policy forbade.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public static async Task<PortalVisitor> ComeAsync(GatewayProcess gateway, int width = 1280, int height = 900, bool isDark = false, string locale = "en-US")
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await ChromiumUser.LaunchAsync(playwright);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale, ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var visitor = new PortalVisitor(playwright, browser, page, $"http://{gateway["admin"]}");
        page.Request += (_, request) => visitor.requests.Enqueue(request.Url);
        page.WebSocket += (_, socket) => visitor.requests.Enqueue(socket.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") visitor.complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => visitor.complaints.Enqueue(error);
        return visitor;
    }

    public Task GoAsync(string path) => Page.GotoAsync(Origin + path);

    /// <summary>Types a key into the sign-in page.</summary>
    public async Task SignInAsync(string key)
    {
        await Page.Locator("#key").FillAsync(key);
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Comes to a page through the sign-in.</summary>
    public async Task EnterAsync(string path, string key)
    {
        await GoAsync(path);
        await SignInAsync(key);
        await Page.Locator("main#content h1").First.WaitForAsync();
    }

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    /// <summary>Waits until a text is to be seen; tells what is to be seen when it is not.</summary>
    public async Task SeesAsync(string text, float seconds = 20)
    {
        try
        {
            await Page.GetByText(text).First.WaitForAsync(new LocatorWaitForOptions { Timeout = seconds * 1000 });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"'{text}' is not at {Page.Url}, which says: {await Page.InnerTextAsync("body")} {string.Join(' ', complaints)}", e);
        }
    }

    /// <summary>Whether the page is wider than the window.</summary>
    public Task<bool> IsTooWideAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Asks axe whether people who see, hear or point otherwise can use the page: WCAG 2.2, levels A and AA, and its best practices.</summary>
    public async Task IsUsableByAllAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}").Should().BeEmpty("{0} is for everybody", Page.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
