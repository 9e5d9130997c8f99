using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <content>Lists that are open while much happens, and after their session has ended.</content>
public sealed partial class PortalFleetTests
{
    [Fact]
    public async Task List_BurstOfChanges_ShowsTheTruthAtLast()
    {
        const int Phones = 30;
        await Task.WhenAll(Enumerable.Range(0, Phones).Select(n => ClaimAsync(Mac(n), "Before")));
        await using var visitor = await PortalVisitor.ComeAsync(portal.Gateway);
        await visitor.EnterAsync("/?q=001565ab07", portal.Key);
        await visitor.Page.Locator("table.devices tbody tr").Nth(Phones - 1).WaitForAsync();

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Phones).Select(n => portal.Admin.PatchAsync($"{Tenant}/devices/{Mac(n)}", new { location = $"Seat {n} round {round}" })));
        }

        // Two come into the list, and one goes.
        await portal.Admin.DeleteAsync($"{Tenant}/devices/{Mac(3)}");
        await ClaimAsync(Mac(Phones), "Late");

        await visitor.SeesAsync("Late", 10);
        await GoneAsync(visitor, "Seat 3 round 9");
        var expected = Enumerable.Range(0, Phones + 1).Where(n => n != 3).Select(n => n == Phones ? "Late" : $"Seat {n} round 9");
        await visitor.Page.WaitForFunctionAsync(
            "expected => [...document.querySelectorAll('table.devices tbody td[data-label=Location]')].map(c => c.textContent).join() === expected",
            string.Join(',', expected), new PageWaitForFunctionOptions { Timeout = 10_000 });
        visitor.Complaints.Should().BeEmpty();

        static string Mac(int n) => string.Create(CultureInfo.InvariantCulture, $"001565ab07{n:x2}");
    }

    [Fact]
    public async Task Pages_OfAKeyThatIsTakenBack_AndOfASignOut_Close_AndOthersStayLive()
    {
        await ClaimAsync("001565ab0801", "Before");
        var keys = Path.Combine(portal.Gateway.DataDir, "admin-keys");
        var key = $"sipgw_{new string('k', 40)}";
        await File.WriteAllTextAsync(keys, $"leaver viewer sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}\n");
        await Task.Delay(300); // the file is looked at
        await using var leaver = await PortalVisitor.ComeAsync(portal.Gateway);
        await leaver.EnterAsync("/?q=001565ab08", key); // the first page opens the watch for all
        await using var stayer = await PortalVisitor.ComeAsync(portal.Gateway);
        await stayer.EnterAsync("/?q=001565ab08", portal.Key);
        await stayer.SeesAsync("Before");
        var tab = await leaver.Page.Context.NewPageAsync();
        await tab.GotoAsync(leaver.Origin + "/policies"); // asks nothing by itself
        await tab.Locator("main#content h1").WaitForAsync();

        await File.WriteAllTextAsync(keys, "");

        await leaver.SeesAsync("Your session has ended", 6);
        await tab.GetByText("Your session has ended").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 6000 });
        await portal.Admin.PatchAsync($"{Tenant}/devices/001565ab0801", new { location = "After" });
        await stayer.SeesAsync("After", 6);
        (await stayer.Page.Locator(".not-live").CountAsync()).Should().Be(0);

        var second = await stayer.Page.Context.NewPageAsync();
        await second.GotoAsync(stayer.Origin + "/policies");
        await second.Locator(".sign-out button").ClickAsync();
        await stayer.SeesAsync("Your session has ended", 6);
    }
}
