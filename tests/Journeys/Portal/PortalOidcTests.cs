using Microsoft.Playwright;
using SipGateway.Journeys.Tests.Running;
using SipGateway.Oidc;
using static SipGateway.Journeys.Tests.Portal.PortalGateway;

namespace SipGateway.Journeys.Tests.Portal;

/// <summary>Administrators who sign in at their organisation's server, in Chromium. To a browser it is another site than the gateway.</summary>
public sealed class PortalOidcTests(PortalOidcGateway staff) : IClassFixture<PortalOidcGateway>
{
    private const string Page = $"/devices/{PortalOidcGateway.Mac}";

    [Fact]
    public async Task Staff_SignInThere_AndDoWhatTheirRolesAllow()
    {
        staff.Server.TokenLifetime = TimeSpan.FromMinutes(10);
        await using var visitor = await PortalVisitor.ComeAsync(staff.Gateway);
        await visitor.GoAsync(Page);
        await ArriveAsync(visitor, "vera");
        visitor.Page.Url.Should().EndWith(Page);
        (await visitor.Page.Locator("#role-needed").InnerTextAsync()).Should().Contain("operator");
        (await Button(visitor, "Delete").IsDisabledAsync()).Should().BeTrue();
        var cookies = (await visitor.Page.Context.CookiesAsync()).Where(c => c.Name.StartsWith("sipgateway_portal", StringComparison.Ordinal)).ToList();
        cookies.Should().NotBeEmpty().And.OnlyContain(c => c.HttpOnly && c.SameSite == SameSiteAttribute.Strict && !c.Value.Contains("eyJ"));
        await visitor.ClickAsync("Sign out");
        await visitor.SeesAsync("You are signed out.");

        await ArriveAsync(visitor, "otto");
        await visitor.GoAsync(Page);
        await visitor.ClickAsync("New code");
        await visitor.Page.Locator(".dial").WaitForAsync();
        (await visitor.Page.Locator("#role-needed").CountAsync()).Should().Be(0);
        await Eventually.GetAsync(
            () => staff.Admin.GetAsync($"{Tenant}/auditEvents"), rows => rows.ToString().Contains("oidc:otto"), TimeSpan.FromSeconds(10), "otto in the journal");
        await visitor.ClickAsync("Sign out");

        await ChooseAsync(visitor, "noah");
        await visitor.SeesAsync("has no role at this gateway");
        await ChooseAsync(visitor, "nobody");
        await visitor.SeesAsync("The sign-in was declined.");
        visitor.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Token_Ends_AndThePageIsThereAgainAfterTheNextSignIn()
    {
        staff.Server.TokenLifetime = TimeSpan.FromSeconds(3);
        await using var visitor = await PortalVisitor.ComeAsync(staff.Gateway);
        await visitor.GoAsync(Page);
        await ChooseAsync(visitor, "vera");

        await visitor.SeesAsync("Your session has ended.");
        staff.Server.TokenLifetime = TimeSpan.FromMinutes(10);
        await ArriveAsync(visitor, "vera");

        visitor.Page.Url.Should().EndWith(Page);
        await visitor.Page.GotoAsync($"http://{staff.Gateway["admin"]}/session/oidc/return?code=made-up&state=made-up");
        await visitor.SeesAsync("The sign-in did not come to its end.");
        using var phones = new HttpClient();
        (await phones.GetAsync($"http://{staff.Gateway["http"]}/session/oidc/return?code=x&state=y")).Headers.Contains("Content-Security-Policy")
            .Should().BeFalse("the side of phones has no sign-in");
    }

    private static async Task ArriveAsync(PortalVisitor visitor, string person)
    {
        await ChooseAsync(visitor, person);
        await visitor.Page.Locator("main#content h1").First.WaitForAsync();
    }

    private static async Task ChooseAsync(PortalVisitor visitor, string person)
    {
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with Staff" }).ClickAsync();
        await visitor.Page.Locator($"#{person}").ClickAsync();
    }

    private static ILocator Button(PortalVisitor visitor, string name) =>
        visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });
}
