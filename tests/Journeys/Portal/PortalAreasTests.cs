using Microsoft.Playwright;
using SipGateway.Journeys.Tests.Running;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;
using static SipGateway.Journeys.Tests.Running.GatewayWithPhones;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>Overview, users, sites, policies, operations and audit in Chromium, with the real gateway behind them.</summary>
public sealed partial class PortalAreasTests(PortalGateway portal) : IClassFixture<PortalGateway>
{
    [Fact]
    public async Task Overview_CountsTheFleetAndLeadsToWhatItCounted()
    {
        await portal.Admin.PostAsync($"{Tenant}/sites", new { siteId = "atrium" });
        foreach (var mac in new[] { "001565aab001", "001565aab002" })
        {
            await portal.Admin.PostAsync($"{Tenant}/devices", new { mac, location = "Counted", site = "atrium" });
        }

        for (var tries = 0; (await portal.Admin.GetAsync($"{Tenant}/fleetSamples"))["fleetSamples"]!.AsArray().Count == 0; tries++)
        {
            tries.Should().BeLessThan(60, "the fleet is counted soon after the start");
            await Task.Delay(1000);
        }

        await using var visitor = await EnterAsync("/overview");

        await visitor.SeesAsync("Healthy");
        await visitor.SeesAsync("Failed sign-ins");
        (await visitor.Page.Locator("svg.lines path.online-edge").GetAttributeAsync("d")).Should().StartWith("M");
        await visitor.ClickAsync("30 days");
        await visitor.Page.Locator(".ranges [aria-pressed=true]", new PageLocatorOptions { HasText = "30 days" }).WaitForAsync();
        (await CellAsync(visitor, "#by-site", "atrium")).Should().Be("2");
        await visitor.Page.Locator("section:has(#by-site) a", new PageLocatorOptions { HasText = "atrium" }).ClickAsync();
        await visitor.SeesAsync("Counted");
        (await visitor.Page.Locator("main tbody tr").CountAsync()).Should().Be(2);
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Navigation_OnANarrowScreen_IsBehindAButtonAndClosesBehindOne()
    {
        await using var visitor = await EnterAsync("/overview", 390);
        var audit = visitor.Page.Locator("#main-navigation").GetByText("Audit log");
        (await audit.IsVisibleAsync()).Should().BeFalse();

        await visitor.ClickAsync("Menu");
        await audit.ClickAsync();

        await visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Audit log" }).WaitForAsync();
        await audit.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task User_IsMadeChangedAndDeleted_AndTheirPhonesAreNamedBefore()
    {
        await using var phone = await portal.EnrolledAsync("001565aab011", "Desk");
        await using var visitor = await EnterAsync("/users");
        await visitor.Page.Locator("#add-user").ClickAsync();
        await visitor.Page.Locator("#user-id").FillAsync("not valid!");
        await visitor.Page.Locator("#make-user").ClickAsync();
        await visitor.SeesAsync("user_id");
        await visitor.Page.Locator("#user-id").FillAsync("bob");
        await visitor.Page.Locator("#user-name").FillAsync("Bob <b>Builder</b>");
        await visitor.Page.Locator("#make-user").ClickAsync();
        await visitor.SeesAsync("On no phone.");

        await portal.Admin.PostAsync($"{Tenant}/devices/001565aab011:assignUser", new { user = "bob" });
        await visitor.SeesAsync("00:15:65:AA:B0:11");
        await visitor.Page.Locator("#user-number").FillAsync("+14255550111");
        await visitor.Page.Locator("#save-user").ClickAsync();
        await visitor.SeesAsync("Saved.");
        await visitor.Page.Locator("#new-password").FillAsync("a long enough password");
        await visitor.Page.Locator("#set-password").ClickAsync();
        await visitor.SeesAsync("The new password is set.");
        var stored = await portal.Admin.GetAsync($"{Tenant}/users/bob");
        ((string?)stored["displayName"], (string?)stored["phoneNumber"]).Should().Be(("Bob <b>Builder</b>", "+14255550111"));

        await visitor.ClickAsync("Delete");
        await visitor.SeesAsync("These phones will be signed out: 00:15:65:AA:B0:11.");
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await visitor.SeesAsync("The user is deleted");
        await portal.Admin.DeviceInStateAsync(Tenant, "001565aab011", "WAITING_FOR_SIGN_IN", Patience);
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Policy_ErrorsStandInPlace_AndWhatItTouchesIsShownBeforeItIsSaved()
    {
        await portal.Admin.PostAsync($"{Tenant}/policies", new { policyId = "lobby", language = "de" });
        await portal.Admin.PostAsync($"{Tenant}/sites", new { siteId = "lobby-site", policy = "lobby" });
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aab021", location = "Lobby desk", site = "lobby-site" });
        await using var visitor = await EnterAsync("/policies/lobby");
        await visitor.SeesAsync("Lobby desk");
        var page = visitor.Page;

        await page.Locator("#policy-zone").FillAsync("Mars/Olympus");
        await page.Locator("#add-setting").ClickAsync();
        await page.Locator(".setting input").First.FillAsync("phone_setting.backlight_time");
        await page.Locator(".setting input").Nth(1).FillAsync("7");
        await page.Locator("#preview").ClickAsync();
        (await page.Locator("label:has(#policy-zone) .field-error").InnerTextAsync()).Should().Contain("Mars/Olympus");
        (await page.Locator(".setting .field-error").InnerTextAsync()).Should().Contain("one of 0, 1, 15");
        (await page.Locator("#save-policy").CountAsync()).Should().Be(0, "what is wrong cannot be saved");

        await page.Locator("#policy-zone").FillAsync("Europe/Vienna");
        await page.Locator(".setting input").Nth(1).FillAsync("60");
        await page.Locator("#preview").ClickAsync();
        await page.Locator("#save-policy").WaitForAsync();
        (await page.Locator("section:has(#effect) .changes ins").AllInnerTextsAsync()).Should().Equal("60", "Europe/Vienna");
        (await page.Locator(".touched").InnerTextAsync()).Should().Be("1 phone");
        var unsaved = await portal.Admin.GetAsync($"{Tenant}/policies/lobby");
        ((string?)unsaved["timeZone"]).Should().BeNull("it was only looked at");
        await page.Locator("#save-policy").ClickAsync();
        await visitor.SeesAsync("Saved.");
        ((string?)(await portal.Admin.GetAsync($"{Tenant}/policies/lobby"))["timeZone"]).Should().Be("Europe/Vienna");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Return to it" }).First.ClickAsync();
        await page.Locator("#confirm").WaitForAsync();
        (await page.GetByRole(AriaRole.Dialog).Locator("del").AllInnerTextsAsync()).Should().Equal("60", "Europe/Vienna");
        await page.Locator("#confirm").ClickAsync();
        await visitor.SeesAsync("Saved.");
        await Eventually.GetAsync(
            () => portal.Admin.GetAsync($"{Tenant}/policies/lobby"), policy => policy["timeZone"] is null, Patience, "the policy is as it was");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Site_ItsPolicyIsChanged_AfterItsPhonesWereShown()
    {
        await portal.Admin.PostAsync($"{Tenant}/policies", new { policyId = "north", language = "fr" });
        await using var visitor = await EnterAsync("/sites");
        await visitor.Page.Locator("#add-site").ClickAsync();
        await visitor.Page.Locator("#site-id").FillAsync("gate");
        await visitor.Page.Locator("#save-site").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change gate" }).WaitForAsync();
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aab031", location = "Barrier", site = "gate" });

        await visitor.ClickAsync("Change gate");
        await visitor.Page.Locator("#site-policy").SelectOptionAsync("north");
        await visitor.SeesAsync("Barrier");
        (await visitor.Page.Locator(".preview ins").InnerTextAsync()).Should().Be("fr");
        await visitor.Page.Locator("#save-site").ClickAsync();
        await visitor.Page.Locator("table.rows a", new PageLocatorOptions { HasText = "north" }).WaitForAsync();
        ((string?)(await portal.Admin.GetAsync($"{Tenant}/sites/gate"))["policy"]).Should().Be("north");

        await visitor.ClickAsync("Delete gate");
        await visitor.SeesAsync("1 phone");
        await visitor.Page.Locator("#confirm").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete gate" }).WaitForAsync(
            new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Operation_WithARowThatFailed_SaysItByRow()
    {
        const string csv = "MAC id,Location\n001565aab041,Roof\nnonsense<i>,Cellar\n";
        var operation = await portal.Admin.PostAsync($"{Tenant}/devices:import", new { csv });
        var id = ((string)operation["name"]!).Split('/')[^1];
        await using var visitor = await EnterAsync("/operations");

        await visitor.Page.Locator($"a[href='/operations/{id}']").ClickAsync();
        await visitor.SeesAsync("nonsense<i>");
        await visitor.Page.Locator(".states[data-status=SUCCEEDED]").WaitForAsync();
        (await visitor.Page.Locator("table.results tbody tr").CountAsync()).Should().Be(2);
        await visitor.Page.Locator("nav.tabs a", new PageLocatorOptions { HasText = "Failed" }).ClickAsync();
        await visitor.Page.Locator("a[href='/devices/001565aab041']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visitor.Page.ReloadAsync();
        await visitor.SeesAsync("this is no MAC address");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Audit_HostileTextIsText_AndTheFilterIsInTheAddress()
    {
        const string hostile = "<script>document.title='owned'</script>";
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aab051", location = hostile });
        await portal.Admin.PostAsync($"{Tenant}/devices", new { mac = "001565aab052", location = "Elsewhere" });
        await portal.Admin.TryAsync(HttpMethod.Post, $"{Tenant}/devices", new { mac = "001565aab051" });
        await using var visitor = await EnterAsync("/audit");
        await visitor.SeesAsync(hostile);

        await visitor.Page.GetByLabel("About").FillAsync("00-15-65-AA-B0-51");
        await visitor.Page.GetByLabel("Outcome").SelectOptionAsync("ok");
        await visitor.ClickAsync("Show");
        await visitor.Page.GetByText("Elsewhere").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visitor.SeesAsync(hostile);
        (await visitor.Page.Locator("table.audit tbody tr").CountAsync()).Should().Be(1);
        visitor.Page.Url.Should().Contain("target=").And.Contain("outcome=ok");
        await visitor.GoAsync("/audit?from=2099-01-01T00:00");
        await visitor.SeesAsync("Nothing found");
        await visitor.ClickAsync("Check the chain");
        await visitor.SeesAsync("The chain is whole");
        (await visitor.Page.TitleAsync()).Should().Be("Audit log · SIP devices");
        visitor.Complaints.Should().BeEmpty();
    }

    private static Task<string> CellAsync(PortalVisitor visitor, string heading, string row) =>
        visitor.Page.Locator($"section:has({heading}) tr", new PageLocatorOptions { HasText = row }).Locator("td").InnerTextAsync();

    private async Task<PortalVisitor> EnterAsync(string path, int width = 1280)
    {
        var visitor = await PortalVisitor.ComeAsync(portal.Gateway, width);
        await visitor.EnterAsync(path, portal.Key);
        return visitor;
    }
}
