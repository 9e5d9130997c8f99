using System.Net;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Identity.Tests;

public sealed class EmbeddedDirectoryTests(DirectoryFixture fixture) : IClassFixture<DirectoryFixture>
{
    private DirectoryHost Host => fixture.Host;

    [Fact]
    public async Task SignIn_RightCodeAndPassword_TellsWhoItIs()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        code.UserCode.Should().MatchRegex("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$");
        code.VerificationUri.Should().Be($"https://gateway.test:{Host.People.Port}/signin");
        code.VerificationUriComplete.Should().EndWith("/signin?user_code=" + code.UserCode);
        code.ResumeHandle.Should().NotBeEmpty();
        using var browser = Host.Browse();

        var done = await browser.SignInAsync(code.UserCode, "ANNA", "right horse");

        done.Heading.Should().Be("You are signed in");
        var result = await steps.ResultAsync();
        result.Failure.Should().BeEmpty();
        result.AttemptId.Should().Be("attempt-1");
        result.User.Should().Be(new SignedInUser { UserId = "Anna", DisplayName = "Anna Arendt", PhoneNumber = "+4930123456", Tenant = "contoso" });
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("no dash")]
    [InlineData("blanks")]
    public async Task Code_TypedTheWayPeopleDo_IsRecognised(string way)
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = (await steps.CodeAsync()).UserCode;
        var typed = way switch { "lower" => code.ToLowerInvariant(), "no dash" => code.Replace("-", ""), _ => $" {code[..4]} {code[5..]} " };
        using var browser = Host.Browse();

        (await browser.SubmitAsync(await browser.GetAsync("signin"), ("user_code", typed))).Heading.Should().Be("Is this phone in front of you?");
        (await browser.GetAsync("signin?user_code=" + Uri.EscapeDataString(typed))).Heading.Should().Be("Is this phone in front of you?");
    }

    [Fact]
    public async Task Phone_IsDescribedBeforeAnyPassword()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();

        var page = await browser.GetAsync("signin?user_code=" + code.UserCode);

        page.Html.Should().Contain("SIP-T46U").And.Contain("BB:CC").And.Contain("192.0.2.17").And.Contain(code.UserCode)
            .And.NotContain("type=\"password\"").And.NotContain("001565");
    }

    [Fact]
    public async Task Phone_StartedByAnAdmin_SaysSo()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt() with { Network = "", Model = "" });
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();

        (await browser.GetAsync("signin?user_code=" + code.UserCode)).Html.Should().Contain("Started by an administrator").And.Contain("Desk phone");
    }

    [Fact]
    public async Task WrongPasswordAndUnknownUser_LookTheSame()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();

        var wrong = await browser.SignInAsync(code.UserCode, "anna", "wrong");
        var unknown = await browser.SignInAsync(code.UserCode, "nobody", "wrong");
        var foreign = await browser.SignInAsync(code.UserCode, "ben", "battery");
        var impossible = await browser.SignInAsync(code.UserCode, "a/b", "battery");

        foreach (var page in new[] { wrong, unknown, foreign, impossible })
        {
            page.Status.Should().Be(HttpStatusCode.BadRequest);
            page.Error.Should().Be("User name or password is wrong. Try again.");
        }

        (await browser.SubmitAsync(wrong, ("password", "right horse"))).Heading.Should().Be("You are signed in");
    }

    [Fact]
    public async Task No_EndsTheAttempt()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();

        var denied = await browser.SubmitAsync(await browser.GetAsync("signin?user_code=" + code.UserCode), ("answer", "no"));

        denied.Heading.Should().Be("Sign-in was stopped");
        (await steps.ResultAsync()).Failure.Should().Be(SignInFailures.Denied);
        (await browser.GetAsync("signin?user_code=" + code.UserCode)).Error.Should().StartWith("This sign-in was stopped.");
    }

    [Fact]
    public async Task Form_SentAgain_IsRefusedAsUsed()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();
        var form = await browser.SubmitAsync(await browser.GetAsync("signin?user_code=" + code.UserCode), ("answer", "yes"));
        await browser.SubmitAsync(form, ("username", "anna"), ("password", "right horse"));

        var again = await browser.SubmitAsync(form, ("username", "anna"), ("password", "right horse"));

        again.Error.Should().StartWith("This pairing code was already used.");
        (await steps.ResultAsync()).User!.UserId.Should().Be("Anna");
    }

    [Fact]
    public async Task Form_WithoutAntiforgery_SignsNobodyIn()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();
        using var stranger = Host.Browse();
        var form = await browser.SubmitAsync(await browser.GetAsync("signin?user_code=" + code.UserCode), ("answer", "yes"));
        var fields = form.Fields;
        fields["username"] = "anna";
        fields["password"] = "right horse";

        // The token without its cookie, and the cookie without its token.
        var withoutCookie = await stranger.PostAsync(fields);
        fields.Remove("__RequestVerificationToken");
        var withoutToken = await browser.PostAsync(fields);

        withoutCookie.Error.Should().StartWith("This page was open too long");
        withoutToken.Error.Should().StartWith("This page was open too long");
        (await browser.GetAsync("signin?user_code=" + code.UserCode)).Heading.Should().Be("Is this phone in front of you?", "the code is unused");
    }

    [Fact]
    public async Task Password_WithoutTheQuestionAnswered_GoesBackToTheQuestion()
    {
        await using var one = new Steps(Host.Authority, Steps.Attempt());
        await using var two = new Steps(Host.Authority, Steps.Attempt("attempt-2"));
        var codeOne = await one.CodeAsync();
        var codeTwo = await two.CodeAsync();
        using var browser = Host.Browse();
        var form = await browser.SubmitAsync(await browser.GetAsync("signin?user_code=" + codeOne.UserCode), ("answer", "yes"));

        // A yes for one phone is no yes for another.
        var other = await browser.SubmitAsync(form, ("user_code", codeTwo.UserCode), ("username", "anna"), ("password", "right horse"));
        var none = await browser.SubmitAsync(form, ("confirmed", ""), ("username", "anna"), ("password", "right horse"));

        other.Heading.Should().Be("Is this phone in front of you?");
        none.Heading.Should().Be("Is this phone in front of you?");
    }

    [Theory]
    [InlineData("BCDF-GHJK")]
    [InlineData("AEIO-U123")]
    [InlineData("x")]
    [InlineData("\"><script>")]
    public async Task Code_ThatNobodyGave_IsUnknown(string typed)
    {
        using var browser = Host.Browse();

        var page = await browser.SubmitAsync(await browser.GetAsync("signin"), ("user_code", typed));

        page.Status.Should().Be(HttpStatusCode.BadRequest);
        page.Error.Should().StartWith("There is no such pairing code.");
        page.Html.Should().NotContain("<script");
    }

    [Fact]
    public async Task UserStore_Away_SaysTryAgainAndBlamesNobody()
    {
        await using var steps = new Steps(Host.Authority, Steps.Attempt());
        var code = await steps.CodeAsync();
        using var browser = Host.Browse();
        Host.Users.Unreachable = true;
        var page = await browser.SignInAsync(code.UserCode, "anna", "right horse");
        Host.Users.Unreachable = false;

        page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Error.Should().StartWith("Your password could not be checked just now.");
        (await browser.SubmitAsync(page, ("password", "right horse"))).Heading.Should().Be("You are signed in");
    }

    [Theory]
    [InlineData("GET", "signin")]
    [InlineData("GET", ".well-known/openid-configuration")]
    [InlineData("GET", ".well-known/jwks")]
    [InlineData("POST", "connect/device")]
    [InlineData("POST", "connect/token")]
    [InlineData("POST", "connect/token/")]
    [InlineData("POST", "CONNECT/DEVICE")]
    public async Task EveryEndpoint_OnThePhonesSide_IsNotThere(string method, string path)
    {
        using var http = new HttpClient(PrivateTrustHandler.Create(null, () => TestCa.Instance.Roots));
        using var request = new HttpRequestMessage(new(method), new Uri(Host.Phones, path));
        request.Content = method == "POST" ? new FormUrlEncodedContent([new("client_id", "sipgateway")]) : null;

        var response = await http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task DeviceEndpoint_WrongSecretOrUnsealedFacts_IsRefused()
    {
        using var http = new HttpClient(PrivateTrustHandler.Create(null, () => TestCa.Instance.Roots)) { BaseAddress = Host.People };
        var facts = DeviceFacts.Of(Steps.Attempt());

        var wrongSecret = await AskAsync("wrong", facts.Lock(fixture.Ring));
        var unsealed = await AskAsync(DirectoryKeys.ClientSecret(fixture.Ring), "{}");
        var foreign = await AskAsync(DirectoryKeys.ClientSecret(fixture.Ring), facts.Lock(Trust.KeyRing.Create()));

        wrongSecret.Should().Contain("invalid_client");
        unsealed.Should().Contain("invalid_request").And.Contain(DeviceFacts.Parameter);
        foreign.Should().Contain("invalid_request");

        async Task<string> AskAsync(string secret, string sealedFacts)
        {
            var response = await http.PostAsync("connect/device", new FormUrlEncodedContent(
            [
                new("client_id", "sipgateway"), new("client_secret", secret), new("scope", "openid"), new(DeviceFacts.Parameter, sealedFacts),
            ]));
            response.IsSuccessStatusCode.Should().BeFalse();
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Metadata_NameTheClaimsAndTheDeviceGrant()
    {
        using var browser = Host.Browse();

        var metadata = (await browser.GetAsync(".well-known/openid-configuration")).Html;

        metadata.Should().Contain("urn:ietf:params:oauth:grant-type:device_code").And.Contain("/connect/device")
            .And.Contain("\"phone_number\"").And.Contain("\"tenant\"").And.Contain("https://directory.sipgateway.invalid/");
    }

    [Fact]
    public void Files_AreTheOwnersAloneAndHoldNoSecret()
    {
        var files = Directory.GetFiles(fixture.DataDirectory, "*", SearchOption.AllDirectories);

        files.Should().Contain(f => f.EndsWith("directory.db"));
        foreach (var file in files.Where(f => Path.GetFileName(f).StartsWith("directory.db")))
        {
            (OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }

        var secret = DirectoryKeys.ClientSecret(fixture.Ring);
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            new StreamReader(stream).ReadToEnd().Should().NotContain(secret).And.NotContain("<masterKey");
        }
    }
}
