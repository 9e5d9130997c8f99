namespace SipGateway.PhoneSimulator.Tests.SignIn;

/// <summary>The sign-in key and the page behind it.</summary>
public sealed class SignInTests
{
    private const string Page = """
        <?xml version="1.0" encoding="UTF-8"?>
        <YealinkIPPhoneTextScreen Beep="no" wrapList="yes">
          <Title>Sign in</Title>
          <Text>Go to https://gw.example.com:8443/signin and enter the code WXYZ-1234</Text>
          <SoftKey index="1"><Label>Back</Label><URI>SoftKey:Exit</URI></SoftKey>
          <SoftKey index="2"><Label>New code</Label><URI>BASEscreen/2</URI></SoftKey>
        </YealinkIPPhoneTextScreen>
        """;

    [Fact]
    public async Task Key_OfTheConfiguration_ShowsUrlAndCode()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/s/1", Page.Replace("BASE", stage.Web.Http + "s/"));
        stage.Web.Serve("/s/screen/2", Page.Replace("WXYZ-1234", "QQQQ-9999"));
        stage.ServeAccount(more: $"linekey.3.type = 15\nprogramablekey.2.type = 27\nprogramablekey.2.value = {stage.Web.Http}s/1\n");
        var phone = stage.Phone();
        await phone.PowerOnAsync();

        var screen = await phone.PressSignInKeyAsync();
        var next = await phone.PressSoftKeyAsync(screen, "new code");

        (screen.SignInUrl, screen.PairingCode, screen.Title).Should().Be(("https://gw.example.com:8443/signin", "WXYZ-1234", "Sign in"));
        next.PairingCode.Should().Be("QQQQ-9999");
        phone.History.OfType<ScreenShown>().Should().HaveCount(2);
    }

    [Fact]
    public async Task Page_ThatAsksForARefresh_IsReadAgainUntilItShowsTheCode()
    {
        await using var stage = await Stage.OpenAsync();
        var asked = 0;
        stage.Web.Files["/s/1"] = context =>
        {
            context.Response.Headers["Refresh"] = "1";
            return Microsoft.AspNetCore.Http.Results.Text(++asked < 3 ? Page.Replace("WXYZ-1234", "soon") : Page, "text/xml");
        };
        stage.ServeAccount(more: $"programablekey.1.type = 27\nprogramablekey.1.value = {stage.Web.Http}s/1\n");
        var phone = stage.Phone();
        await phone.PowerOnAsync();

        (await phone.ReadPairingCodeAsync()).PairingCode.Should().Be("WXYZ-1234");

        asked.Should().Be(3);
    }

    [Fact]
    public async Task Key_ThatIsNotThere_IsSaid()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = stage.Phone();

        await phone.Invoking(it => it.PressSignInKeyAsync()).Should()
            .ThrowAsync<InvalidOperationException>().WithMessage("*no key that opens a browser*");
    }

    [Theory]
    [InlineData("<html><body>no</body></html>")]
    [InlineData("no xml")]
    [InlineData(
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" +
        "<YealinkIPPhoneTextScreen><Text>&e;</Text></YealinkIPPhoneTextScreen>")]
    public void Page_ThatIsNone_IsRefused(string content) =>
        PhoneScreen.Parse(System.Text.Encoding.UTF8.GetBytes(content)).Should().BeNull();
}
