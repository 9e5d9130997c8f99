using System.Xml.Linq;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>The pages behind the sign-in key.</summary>
public sealed class ScreenTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private static readonly SignInView Pending = new()
    {
        Progress = SignInProgress.Pending,
        VerificationUri = "https://gw.test/signin",
        UserCode = "BCDF-GHJK",
        ExpiresAtUtc = DateTimeOffset.UtcNow.AddMinutes(14.5),
    };

    [Fact]
    public async Task SignIn_CodeComesLater_FirstPageWaitsForIt()
    {
        Script.View = new SignInView { Progress = SignInProgress.Preparing };
        Script.Later = (2, Pending);

        var page = await PageAsync(ScreenOf("signin.xml"));

        page.Text.Should().Contain("https://gw.test/signin").And.Contain("BCDF-GHJK").And.Contain("15 min left");
        Script.Starts.Single().ScreenTokenRandom.Should().Be(Script.Config!.ScreenTokenRandom);
        page.Answer.Headers["Refresh"].Should().MatchRegex("^5; url=https://127.0.0.1:[0-9]+/s/.+/signin.xml\\?code=BCDF-GHJK$");
        page.Answer.Headers["Content-Type"].Should().StartWith("text/xml");
        page.Answer.Text.Should().NotContain("SECRET-OF-THE-LINE").And.NotContain(Script.Config.ConfigTokenRandom);
    }

    [Fact]
    public async Task SignIn_CodeDoesNotCome_PageAsksForAMoment()
    {
        await using var hasty = await ProvisioningServer.StartAsync(Edge, o => o with { ScreenWait = TimeSpan.FromMilliseconds(200) });
        Script.View = new SignInView { Progress = SignInProgress.Preparing };

        var answer = await hasty.GetAsync(ScreenOf("signin.xml"), UserAgent(Mac), isSecure: true);

        answer.Text.Should().Contain("One moment");
        answer.Headers["Refresh"].Should().StartWith("2; url=");
    }

    [Fact]
    public async Task SignIn_EndsWell_RefreshShowsTheName()
    {
        Script.View = Pending;
        var next = NextOf(await PageAsync(ScreenOf("signin.xml")));
        Script.View = Pending with { Progress = SignInProgress.SignedIn, Message = "Alice <Adams> & Co" };

        var page = await PageAsync(next);

        page.Title.Should().Be("Signed in as");
        page.Text.Should().Be("Alice <Adams> & Co");
        page.Answer.Headers.Should().NotContainKey("Refresh");
        Script.Starts.Should().HaveCount(1);
    }

    [Fact]
    public async Task SignIn_Fails_RefreshShowsWhyAndStartsNothing_AgainDoes()
    {
        Script.View = Pending;
        var next = NextOf(await PageAsync(ScreenOf("signin.xml")));
        Script.View = Pending with { Progress = SignInProgress.Failed, Message = "SIP phones are not allowed for this user." };

        var page = await PageAsync(next);

        page.Title.Should().Be("Sign-in is not possible");
        page.Text.Should().Be("SIP phones are not allowed for this user.");
        Script.Starts.Should().HaveCount(1);
        Script.View = Pending;
        (await PageAsync(page.Keys["Again"])).Text.Should().Contain("BCDF-GHJK");
        Script.Starts.Should().HaveCount(2);
    }

    [Fact]
    public async Task SignIn_CodeRunsOut_PageSaysSo()
    {
        Script.View = Pending with { ExpiresAtUtc = DateTimeOffset.UtcNow.AddSeconds(-1) };

        (await PageAsync(ScreenOf("signin.xml"))).Text.Should().Be("The code has expired.");
    }

    [Fact]
    public async Task SignIn_RefusedToAStranger_ShowsTheReasonAndNobodysCodeOrName()
    {
        InService();
        Script.Refusal = new CommandOutcome { Status = CommandStatus.FailedPrecondition, Message = "In service.", Reason = "IN_USE" };
        var screen = (await BootstrapAsync())["programablekey.1.value"];

        foreach (var view in new[] { Pending, Pending with { Progress = SignInProgress.SignedIn, Message = "Alice Adams" } })
        {
            Script.View = view;
            foreach (var url in new[] { screen, screen + "?code=", screen + "?code=AAAA-AAAA", screen + "?code=BCDF-GHJ" })
            {
                var page = await PageAsync(url);
                page.Text.Should().Be("In service.");
                page.Answer.Text.Should().NotContain("BCDF").And.NotContain("Alice");
            }
        }
    }

    [Fact]
    public async Task SignIn_AlreadySignedIn_TheSeatsOwnScreenShowsWho()
    {
        Script.Refusal = new CommandOutcome { Status = CommandStatus.FailedPrecondition, Message = "Sign out first.", Reason = "SIGNED_IN" };
        Script.View = new SignInView { Progress = SignInProgress.SignedIn, Message = "Alice Adams" };

        (await PageAsync(ScreenOf("signin.xml"))).Text.Should().Be("Alice Adams");
    }

    [Fact]
    public async Task SignIn_OfACandidate_NamesTheCandidate()
    {
        Script.View = Pending;
        var file = await BootstrapAsync();

        await PageAsync(file["programablekey.1.value"]);

        var command = Script.Starts.Single();
        command.Candidate!.Id.Should().Be(Candidate.FromSipUser(Edge.Ring, file["account.1.user_name"])!.Id);
        command.ScreenTokenRandom.Should().BeNull();
        System.Net.IPEndPoint.Parse(command.Source).Address.Should().Be(System.Net.IPAddress.Loopback);
    }

    [Fact]
    public async Task SignOut_AsksFirst_ThenDoes()
    {
        var ask = await PageAsync("/lang_de" + ScreenOf("signout.xml"));
        ask.Text.Should().Be("Wirklich abmelden?");
        Script.SignOuts.Should().BeEmpty();

        var done = await PageAsync(ask.Keys["Ja"]);

        done.Text.Should().Be("Abgemeldet");
        Script.SignOuts.Single().ScreenTokenRandom.Should().Be(Script.Config!.ScreenTokenRandom);
    }

    [Fact]
    public async Task SignOut_Refused_ShowsWhy()
    {
        Script.Refusal = new CommandOutcome { Status = CommandStatus.FailedPrecondition, Message = "Nobody is signed in." };

        (await PageAsync(ScreenOf("signout.xml") + "?yes")).Text.Should().Be("Nobody is signed in.");
    }

    [Fact]
    public async Task SignOut_OfACandidate_AsksNoGrain()
    {
        var screen = (await BootstrapAsync())["programablekey.1.value"].Replace("signin.xml", "signout.xml?yes", StringComparison.Ordinal);

        (await PageAsync(screen)).Text.Should().Be("Signed out");
        Script.SignOuts.Should().BeEmpty();
    }

    [Fact]
    public async Task Screen_OverPlainHttp_OrWithAnotherToken_IsNotThere()
    {
        var config = InService().Split('/')[2];
        (await GetAsync(ScreenOf("signin.xml"))).Status.Should().Be(404);
        (await GetAsync(ScreenOf("other.xml"), isSecure: true)).Status.Should().Be(404);
        (await GetAsync($"/s/{config}/signin.xml", isSecure: true)).Status.Should().Be(404);
        (await GetAsync("/s/invented/signin.xml", isSecure: true)).Status.Should().Be(404);
        Script.Starts.Should().BeEmpty();
    }

    private static string NextOf(Page page) => page.Answer.Headers["Refresh"].Split("url=")[1];

    private async Task<Page> PageAsync(string url)
    {
        var answer = await GetAsync(url, isSecure: true);
        answer.Status.Should().Be(200);
        var root = XDocument.Parse(answer.Text).Root!;
        root.Name.LocalName.Should().Be("YealinkIPPhoneTextScreen");
        var keys = root.Elements("SoftKey").ToDictionary(k => k.Element("Label")!.Value, k => k.Element("URI")!.Value);
        return new Page(answer, root.Element("Title")!.Value, root.Element("Text")!.Value, keys);
    }

    private sealed record Page(PhoneAnswer Answer, string Title, string Text, IReadOnlyDictionary<string, string> Keys);
}
