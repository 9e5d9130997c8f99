using Microsoft.Playwright;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>The portal in the language of whoever looks.</summary>
public sealed class PortalLanguageTests(PortalGateway portal) : IClassFixture<PortalGateway>
{
    private static readonly string[] Areas = ["/", "/add", "/import", "/overview", "/users", "/sites", "/policies", "/operations", "/audit"];

    [Theory]
    [InlineData("de-AT", "de", "Geräte")]
    [InlineData("es", "es", "Dispositivos")]
    [InlineData("fr-CA", "fr", "Appareils")]
    [InlineData("ja-JP", "ja", "デバイス")]
    [InlineData("pt-BR", "pt", "Dispositivos")]
    [InlineData("sv-SE", "en", "Devices")]
    public async Task Pages_OfABrowsersLanguage_AreInIt_AndFitASmallScreen(string locale, string language, string devices)
    {
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway, 390, locale: locale);
        await visitor.GoAsync("/");
        await visitor.Page.Locator("#key").FillAsync(portal.Key);
        await visitor.Page.Locator("#key").PressAsync("Enter");
        await visitor.Page.Locator("main#content h1").First.WaitForAsync();

        (await visitor.Page.Locator("html").GetAttributeAsync("lang")).Should().Be(language);
        (await visitor.Page.Locator("main#content h1").First.InnerTextAsync()).Should().Be(devices);
        foreach (var area in Areas)
        {
            await visitor.GoAsync(area);
            await visitor.Page.Locator("main#content h1").First.WaitForAsync();
            (await visitor.IsTooWideAsync()).Should().BeFalse("{0} in {1} should fit its window", area, language);
            if (language == "en")
            {
                await visitor.IsUsableByAllAsync();
            }
        }

        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Language_ThatAPersonChose_IsRemembered_AndEveryPageFitsTheOtherWayRound()
    {
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway, 390);
        await visitor.EnterAsync("/", portal.Key);
        await visitor.Page.Locator(".language select").SelectOptionAsync("ja");
        await HeadsAsync(visitor, "デバイス");
        await visitor.Page.Locator(".language select").SelectOptionAsync("en");
        await HeadsAsync(visitor, "Devices");

        foreach (var area in Areas)
        {
            await visitor.GoAsync(area);
            await visitor.Page.Locator("main#content h1").First.WaitForAsync();
            await visitor.Page.EvaluateAsync("document.documentElement.dir = 'rtl'");
            (await visitor.IsTooWideAsync()).Should().BeFalse("{0} from right to left should fit its window", area);
        }

        visitor.Complaints.Should().BeEmpty();
    }

    private static Task HeadsAsync(PortalVisitor visitor, string heading) =>
        visitor.Page.Locator("main#content h1").Filter(new LocatorFilterOptions { HasText = heading }).WaitForAsync();
}
