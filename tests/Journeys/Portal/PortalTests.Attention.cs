using Microsoft.Playwright;

namespace SipGateway.Journeys.Tests.Portal;

/// <content>Phones that need a person.</content>
public sealed partial class PortalTests
{
    [Fact]
    public async Task Conflict_ComesToTheTabWithItsCount_SaysWhatToDo_AndLeavesWhenResolved()
    {
        const string mac = "001565aadd71";
        const string shown = "00:15:65:AA:DD:71";
        await using var phone = await portal.EnrolledAsync(mac, "Gate");
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/?tab=needs-attention", portal.Key);
        var row = visitor.Page.Locator("table.devices tbody tr").Filter(new LocatorFilterOptions { HasText = shown });
        (await row.CountAsync()).Should().Be(0);

        // A stranger with the same MAC; nobody loads the page anew.
        await using var stranger = await portal.PhoneAsync(mac);
        (await stranger.PressSignInKeyAsync()).ToString().Should().Contain("in service");
        await row.GetByText("Conflict").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        (await visitor.Page.Locator("nav.tabs a[aria-current=page] .count").InnerTextAsync()).Should().MatchRegex("^[1-9]");

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await visitor.SeesAsync("If the phone is to be replaced or handed over, delete it here.");
        await visitor.IsUsableByAllAsync();
        await visitor.ClickAsync("Mark as resolved");
        await visitor.Page.Locator("section.attention").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visitor.SeesAsync("An admin has seen to what needed attention: CONFLICT.");

        await visitor.GoAsync("/?tab=needs-attention&q=001565aadd71");
        await visitor.SeesAsync("Nothing found");
        visitor.Complaints.Should().BeEmpty();
    }
}
