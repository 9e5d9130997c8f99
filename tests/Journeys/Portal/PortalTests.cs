using Microsoft.Playwright;
using SipGateway.Journeys.Tests.Running;
using static SipGateway.Journeys.Tests.Running.GatewayWithPhones;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>The portal in Chromium, with the real gateway behind it and a phone on the other side.</summary>
public sealed partial class PortalTests(PortalGateway portal) : IClassFixture<PortalGateway>
{
    [Fact]
    public async Task SignIn_WrongKeyThenRight_SaysSoAndLeadsToWhereOneWanted()
    {
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.GoAsync("/?tab=offline");
        visitor.Page.Url.Should().Contain("/sign-in");

        await visitor.SignInAsync("sipgw_this-is-not-the-key-of-this-gateway");
        await visitor.SeesAsync("This is not the admin key.");
        await visitor.SignInAsync(portal.Key);

        await visitor.Page.Locator("nav.tabs a[aria-current=page]").WaitForAsync();
        (await visitor.Page.Locator("nav.tabs a[aria-current=page]").InnerTextAsync()).Should().Be("Offline");
        (await visitor.Page.TitleAsync()).Should().Be("Devices · SIP devices");
        var cookie = (await visitor.Page.Context.CookiesAsync()).Single(c => c.Name == "sipgateway_portal");
        cookie.HttpOnly.Should().BeTrue();
        cookie.SameSite.Should().Be(SameSiteAttribute.Strict);
        cookie.Value.Should().NotContain(portal.Key);

        await visitor.ClickAsync("Sign out");
        await visitor.SeesAsync("You are signed out.");
        await visitor.Page.Context.AddCookiesAsync([new Cookie { Name = cookie.Name, Value = cookie.Value, Url = visitor.Origin }]);
        await visitor.GoAsync("/");
        visitor.Page.Url.Should().Contain("/sign-in", "a copy of the cookie opens nothing after the sign-out");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Wizard_FromTheStartPageToASignedInUser_TakesFiveClicks()
    {
        const string mac = "001565aadd01";
        await using var phone = await portal.PhoneAsync(mac);
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/", portal.Key);
        var page = visitor.Page;
        var clicks = 0;
        Task ClickAsync(string id)
        {
            clicks++;
            return page.Locator(id).ClickAsync();
        }

        await ClickAsync("#add-phone");
        await page.Locator("#mac").FillAsync("00:15:65:AA:DD:01");
        await page.Locator("#location").FillAsync("Reception");
        await ClickAsync("#make-code");
        var digits = await page.Locator(".dial").InnerTextAsync();
        digits.Should().MatchRegex(@"^\*55\*\d{6}$");

        // The technician dials; the page sees it by itself.
        await DialAsync(phone, digits);
        await page.Locator("#start-sign-in").WaitForAsync();
        await visitor.SeesAsync("The phone is enrolled");
        await ClickAsync("#start-sign-in");
        await page.Locator(".pairing").WaitForAsync();
        var (url, code) = (await page.Locator(".sign-in-url").InnerTextAsync(), await page.Locator(".pairing").InnerTextAsync());
        await ChromiumUser.SignInAsync(url, code, "alice", Password);
        await visitor.SeesAsync("Alice Ångström is signed in");
        await ClickAsync("#open-phone");

        await visitor.SeesAsync("Alice Ångström · +14255550100");
        clicks.Should().BeLessThanOrEqualTo(5);
        await visitor.SeesAsync("claimed", 5);
        visitor.Complaints.Should().BeEmpty();
        visitor.Requests.Should().Contain(r => r.StartsWith("ws://")).And.OnlyContain(r => IsOf(visitor, r), "nothing is asked of another host");
    }

    [Fact]
    public async Task Device_RestartAndDelete_AreGreenOnlyWhenProved()
    {
        const string mac = "001565aadd02";
        await using var phone = await portal.EnrolledAsync(mac, "Lab");
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync($"/devices/{mac}", portal.Key);
        var operation = visitor.Page.Locator(".operation");

        phone.Notifies = PhoneSimulator.NotifyObedience.Silent;
        await visitor.ClickAsync("Restart");
        await operation.WaitForAsync();
        await Task.Delay(3000);
        (await operation.GetAttributeAsync("data-status")).Should().Be("RUNNING", "an order that was sent is no boot");
        phone.Notifies = PhoneSimulator.NotifyObedience.Obeys;
        await visitor.Page.Locator(".operation.good[data-operation=restart][data-status=SUCCEEDED]").WaitForAsync(
            new LocatorWaitForOptions { Timeout = 60_000 });

        await visitor.ClickAsync("Delete");
        await visitor.SeesAsync("Delete 00:15:65:AA:DD:02?");
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await visitor.SeesAsync("The phone is deleted");
        (await portal.Admin.TryAsync(HttpMethod.Get, $"{Tenant}/devices/{mac}")).Status.Should().Be(System.Net.HttpStatusCode.NotFound);
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Location_Hostile_IsShownAsText()
    {
        var locations = new[] { "<script>document.title='owned'</script><img src=x onerror=alert(1)>", new string('W', 200) };
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aadd03", location = locations[0] });
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aadd04", location = locations[1] });
        foreach (var width in new[] { 390, 1280 })
        {
            await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway, width);
            await visitor.EnterAsync("/?q=001565aadd0", portal.Key);
            await visitor.SeesAsync(locations[0]);
            await visitor.SeesAsync(locations[1]);
            (await visitor.IsTooWideAsync()).Should().BeFalse("a long word is broken at {0}", width);
            await visitor.GoAsync("/devices/001565aadd03");
            await visitor.SeesAsync(locations[0]);
            await visitor.GoAsync("/devices/001565aadd04");
            await visitor.SeesAsync(locations[1]);
            (await visitor.IsTooWideAsync()).Should().BeFalse("a long word is broken at {0}", width);
            (await visitor.Page.TitleAsync()).Should().EndWith("SIP devices");
            visitor.Complaints.Should().BeEmpty();
            visitor.Requests.Should().OnlyContain(r => IsOf(visitor, r));
        }
    }

    [Fact]
    public async Task Devices_SearchByKey_GoesIntoTheAddressAndTabsFilter()
    {
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aadd05", location = "Atrium \"north\"" });
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aadd06", location = "Basement" });
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/", portal.Key);
        await visitor.SeesAsync("Basement");

        await visitor.Page.Keyboard.PressAsync("/");
        await visitor.Page.Keyboard.TypeAsync("Atrium \"n");
        await visitor.Page.GetByText("Basement").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visitor.SeesAsync("Atrium \"north\"");
        visitor.Page.Url.Should().EndWith("/?q=Atrium%20%22n");
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Signed in" }).ClickAsync();
        await visitor.SeesAsync("Nothing found");
        visitor.Page.Url.Should().Contain("tab=signed-in").And.Contain("q=Atrium");
        await visitor.GoAsync("/?q=vendor%20%3D");
        await visitor.SeesAsync("value is missing");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Keys_ShowTheirHelpAndGoPlaces()
    {
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/", portal.Key);

        await visitor.Page.Keyboard.PressAsync("?");
        await visitor.SeesAsync("Next control; use it");
        await visitor.IsUsableByAllAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        (await visitor.Page.Locator("#key-help").IsVisibleAsync()).Should().BeFalse();
        await visitor.Page.Keyboard.PressAsync("g");
        await visitor.Page.Keyboard.PressAsync("a");
        await visitor.SeesAsync("Which phone is it");
        await visitor.Page.Locator("#mac").FillAsync("?g d");
        visitor.Page.Url.Should().EndWith("/add", "whoever types, types");
        visitor.Complaints.Should().BeEmpty();
    }

    private static bool IsOf(PortalVisitor visitor, string request) =>
        request.StartsWith("data:", StringComparison.Ordinal) || new Uri(request).Authority == new Uri(visitor.Origin).Authority;
}
