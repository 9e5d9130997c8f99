using Microsoft.Playwright;
using SipGateway.Journeys.Tests.Running;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>Many phones in the portal: the list as it changes, what narrows it, and what is done with many at one time.</summary>
public sealed partial class PortalFleetTests(PortalGateway portal) : IClassFixture<PortalGateway>
{
    // Markup, formulas, a text that turns the writing round, and a word longer than any column.
    private static readonly string[] Hostile =
    [
        "<img src=x onerror=alert(1)>", "=HYPERLINK(\"http://evil\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1;2)", "a \"quoted\", comma; semicolon",
        "\u202Eevil\u202C", new string('W', 200),
    ];

    [Fact]
    public async Task List_WhatChangesElsewhere_ChangesInPlace()
    {
        await ClaimAsync("001565ab0101", "Before");
        await ClaimAsync("001565ab0103", "Third");
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/?q=001565ab01", portal.Key);
        await visitor.SeesAsync("Before");
        await visitor.Page.EvaluateAsync("document.querySelector('table.devices tbody tr').marked = 'the same row'");
        await Task.Delay(1000); // the watch stands

        await portal.Admin.PatchAsync($"{Tenant}/devices/001565ab0101", new { location = "After" });
        await visitor.SeesAsync("After", 6);
        (await visitor.Page.EvaluateAsync<string>("document.querySelector('table.devices tbody tr').marked")).Should().Be("the same row");
        await ClaimAsync("001565ab0102", "Second");
        await visitor.SeesAsync("Second", 10);
        await portal.Admin.DeleteAsync($"{Tenant}/devices/001565ab0103");
        await GoneAsync(visitor, "Third");
        (await visitor.Page.Locator(".row-link").AllInnerTextsAsync()).Should().Equal("00:15:65:AB:01:01", "00:15:65:AB:01:02");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task List_TimesGoOn_WhileNobodyIsAsked()
    {
        await using var phone = await portal.EnrolledAsync("001565ab0201", "Clock room");
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/?q=001565ab02", portal.Key);
        var moment = visitor.Page.Locator("tbody time.moment");
        await moment.WaitForAsync();

        await visitor.Page.WaitForFunctionAsync("() => /^[2-9] s ago|^[1-5][0-9] s ago/.test(document.querySelector('tbody time.moment').textContent)");
        var first = await moment.InnerTextAsync();
        await visitor.Page.WaitForFunctionAsync("text => document.querySelector('tbody time.moment').textContent !== text", first);
        (await moment.GetAttributeAsync("title")).Should().EndWith("UTC");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task View_FilterOrderAndColumns_AreInTheAddress()
    {
        foreach (var (mac, location) in new[] { ("001565ab0301", "Alpha"), ("001565ab0302", "Beta"), ("001565ab0303", "Alpha two") })
        {
            await ClaimAsync(mac, location);
        }

        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/?q=001565ab03", portal.Key);
        await visitor.Page.Locator("#filter-menu summary").ClickAsync();
        await visitor.Page.Locator("#filter-menu input[name=location]").FillAsync("alpha");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".chip").WaitForAsync();
        await GoneAsync(visitor, "Beta");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Location" }).ClickAsync();
        await visitor.Page.Locator("th[aria-sort=ascending]").GetByText("Location").WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Location" }).ClickAsync();
        await visitor.Page.Locator("th[aria-sort=descending]").WaitForAsync();
        await visitor.Page.Locator("#column-menu summary").ClickAsync();
        await visitor.Page.Locator("#column-menu input[name=firmware]").CheckAsync();
        await visitor.Page.Locator("thead th").GetByText("Firmware").WaitForAsync();

        await using var other = await PortalVisitor.ComeAsync(portal.Gateway);
        await other.EnterAsync(new Uri(visitor.Page.Url).PathAndQuery, portal.Key);
        await other.Page.Locator("thead th").GetByText("Firmware").WaitForAsync();
        (await other.Page.Locator(".row-link").AllInnerTextsAsync()).Should().Equal("00:15:65:AB:03:03", "00:15:65:AB:03:01");
        await other.Page.Locator(".chip button").ClickAsync();
        await other.SeesAsync("Beta");

        // Columns come back with the next visit, too.
        await visitor.GoAsync("/?q=001565ab0301");
        await visitor.Page.Locator("thead th").GetByText("Firmware").WaitForAsync();
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Many_ChosenByKey_GetCodesAndASheet_AndAreDeleted()
    {
        foreach (var n in new[] { 1, 2, 3 })
        {
            await ClaimAsync($"001565ab040{n}", $"Room {n}");
        }

        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        var page = visitor.Page;
        await visitor.EnterAsync("/?q=001565ab04", portal.Key);
        await visitor.SeesAsync("Room 3");
        foreach (var key in new[] { "j", "x", "j", "x" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await visitor.SeesAsync("2 chosen");
        await page.Locator("[data-bulk=Codes]").ClickAsync();
        await visitor.SeesAsync("2 phones");
        await portal.Admin.DeleteAsync($"{Tenant}/devices/001565ab0402");
        await page.Locator("#bulk-go").ClickAsync();
        await page.Locator(".bulk-progress[data-over=yes]").WaitForAsync();
        (await page.Locator("tr[data-mac='001565ab0401'] .dial").InnerTextAsync()).Should().MatchRegex(@"^\*55\*\d{6}$");
        (await page.Locator("tr[data-mac='001565ab0402']").InnerTextAsync()).Should().Contain("Failed").And.Contain("Claim it first");
        await page.Locator("#code-sheet").ClickAsync();
        await page.Locator(".sheet .dial").WaitForAsync();
        (await page.Locator(".sheet ul li").AllInnerTextsAsync()).Should().ContainSingle().Which.Should().Contain("Room 1").And.Contain("00:15:65:AB:04:01");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        (await page.Locator("header.bar").IsVisibleAsync()).Should().BeFalse("paper needs no buttons");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });

        await visitor.GoAsync("/?q=001565ab04");
        await page.Locator("thead input[type=checkbox]").CheckAsync();
        await page.Locator("[data-bulk=Delete]").ClickAsync();
        (await page.Locator("#bulk-go").IsDisabledAsync()).Should().BeTrue("the number is to be typed first");
        await page.Locator("#bulk-typed").FillAsync("2");
        await page.Locator("#bulk-go").ClickAsync();
        await page.Locator(".bulk-progress[data-over=yes]").WaitForAsync();
        await page.Locator("#bulk-close").ClickAsync();
        await visitor.SeesAsync("Nothing found");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Many_AllThatMatch_MoveToASite_AndRestartWithProof()
    {
        await portal.Admin.PostAsync($"{Tenant}/sites", new { siteId = "fleet-hall", displayName = "Hall <b>9</b>" });
        var csv = "MAC id,Location\n" + string.Concat(Enumerable.Range(0, 51).Select(n => $"001565ab06{n:x2},Hall seat {n}\n"));
        var import = await portal.Admin.PostAsync($"{Tenant}/devices:import", new { csv });
        await portal.Admin.OperationEndAsync((string)import["name"]!, GatewayWithPhones.Patience);
        await using var phone = await portal.EnrolledAsync("001565ab06ff", "Hall desk");
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        var page = visitor.Page;
        await visitor.EnterAsync("/?q=001565ab06", portal.Key);
        await page.Locator("table.devices tbody tr").Nth(49).WaitForAsync();

        await page.Locator("thead input[type=checkbox]").CheckAsync();
        await visitor.ClickAsync("Choose all that match");
        await visitor.SeesAsync("All that match are chosen");
        await page.Locator("[data-bulk=Move]").ClickAsync();
        await visitor.SeesAsync("52 phones");
        await page.Locator("#bulk-site").SelectOptionAsync("fleet-hall");
        await page.Locator("#bulk-go").ClickAsync();
        await page.Locator(".bulk-progress[data-over=yes]").WaitForAsync();
        await page.Locator("#bulk-close").ClickAsync();
        var moved = await portal.Admin.GetAsync($"{Tenant}/devices?pageSize=1000&filter=site%3D%22fleet-hall%22");
        moved["devices"]!.AsArray().Should().HaveCount(52);

        await visitor.GoAsync("/?site=fleet-hall");
        await page.Locator("table.devices tbody tr").Nth(49).WaitForAsync();
        await page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await page.Locator("[data-bulk=Tag]").ClickAsync();
        await visitor.SeesAsync("1 phone");
        (await page.Locator("#bulk-go").IsDisabledAsync()).Should().BeTrue("no tag is given yet");
        await page.Locator("#bulk-add-tags").FillAsync("VIP, hall 9");
        await page.Locator("#bulk-go").ClickAsync();
        await page.Locator(".bulk-progress[data-over=yes]").WaitForAsync();
        await page.Locator("#bulk-close").ClickAsync();
        await visitor.GoAsync("/?tag=hall+9&columns=tags");
        await visitor.SeesAsync("hall 9, vip");
        (await page.Locator("table.devices tbody tr").CountAsync()).Should().Be(1);
        var tags = (await portal.Admin.GetAsync($"{Tenant}/deviceTags"))["deviceTags"]!.AsArray();
        tags.Select(tag => $"{tag!["tag"]} {tag["deviceCount"]}").Should().Contain(["hall 9 1", "vip 1"]);

        await visitor.GoAsync("/?site=fleet-hall&connection=ONLINE");
        await page.Locator("tbody input[type=checkbox]").CheckAsync();
        await page.Locator("[data-bulk=Restart]").ClickAsync();
        await visitor.SeesAsync("1 phone");
        await page.Locator("#bulk-go").ClickAsync();
        await page.Locator(".bulk-progress[data-over=yes]").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        (await page.Locator("tr[data-mac='001565ab06ff']").InnerTextAsync()).Should().Contain("Succeeded");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Import_HostileTable_SaysOfEachRowWhatCameOfIt()
    {
        var rows = string.Concat(Hostile.Select((location, n) => $"001565ab05{n:00},\"{location.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n"));
        var csv = "\uFEFFMAC id,Location\r\n" + rows + $"no mac,<b>here</b>\r\n001565ab0599,{new string('x', 10_000)}\r\n";
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway, 390);
        var page = visitor.Page;
        await visitor.EnterAsync("/import", portal.Key);
        await page.Locator("#table-file").SetInputFilesAsync(new FilePayload
        {
            Name = "<i>phones</i>.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv),
        });
        await visitor.SeesAsync("10 rows");
        await page.Locator("#import-go").ClickAsync();
        await page.Locator("#import-done").WaitForAsync();
        (await page.Locator("#import-done").InnerTextAsync()).Should().Contain("8 claimed").And.Contain("2 refused");
        (await page.Locator("tr[data-row='10']").InnerTextAsync()).Should().Contain("no MAC address").And.Contain("<b>here</b>");
        (await page.Locator("tr[data-row='11']").InnerTextAsync()).Should().Contain("longer than 200");
        (await visitor.IsTooWideAsync()).Should().BeFalse();
        var refused = await page.RunAndWaitForDownloadAsync(() => page.Locator("#refused").ClickAsync());
        (await File.ReadAllTextAsync(await refused.PathAsync())).Should().Contain("no mac,<b>here</b>,").And.NotContain("001565ab0501");

        await visitor.GoAsync("/?q=001565ab05");
        foreach (var location in Hostile)
        {
            await visitor.SeesAsync(location);
        }

        (await visitor.IsTooWideAsync()).Should().BeFalse();
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("#export").ClickAsync());
        var exported = await File.ReadAllTextAsync(await file.PathAsync());
        exported.Should().StartWith("MAC id,Location,");
        foreach (var (location, n) in Hostile.Select((location, n) => (location, n)))
        {
            var safe = location[0] is '=' or '+' or '-' or '@' ? "'" + location : location;
            var cell = safe.AsSpan().IndexOfAny(",;\"") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
            exported.Should().Contain($"\r\n001565ab05{n:00},{cell},", "a spreadsheet takes no location for a formula");
        }

        visitor.Complaints.Should().BeEmpty();
    }

    private static Task GoneAsync(PortalVisitor visitor, string text) =>
        visitor.Page.GetByText(text, new PageGetByTextOptions { Exact = true }).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached, Timeout = 10_000 });

    private Task ClaimAsync(string mac, string location) => portal.Admin.PostAsync($"{Tenant}/devices", new { mac, location });
}
