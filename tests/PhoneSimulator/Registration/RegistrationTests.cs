using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator.Tests.Registration;

/// <summary>Lines at a registrar.</summary>
public sealed class RegistrationTests
{
    [Theory]
    [InlineData(0, "UDP")]
    [InlineData(1, "TCP")]
    [InlineData(2, "TLS")]
    public async Task Boot_WithAnAccount_RegistersWithDigest(int transport, string name)
    {
        await using var stage = await Stage.OpenAsync();
        stage.Web.Serve("/ca.crt", stage.Web.CertificatePem);

        var phone = await stage.RegisteredPhoneAsync(
            transport: transport, more: $"static.trusted_certificates.url = {stage.Web.Http}ca.crt");

        phone.IsRegistered.Should().BeTrue();
        var registered = await phone.WaitForAsync<Registered>();
        (registered.Line, registered.Label, registered.ExpiresSeconds).Should().Be((1, "Alice Example", 3600));
        var request = stage.Sip.Requests.Last();
        request.TopVia!.Transport.Should().Be(name);
        request.UserAgent.Should().Be("Yealink SIP-T46U 108.86.0.15");
        request.From!.DisplayName.Should().Be("Alice \"A\" Example");
        request.GetText(SipHeaderName.AllowEvents).Should().Contain("check-sync");
    }

    [Fact]
    public async Task Refresh_AtHalfTheTime_HasTheSameCallIdAndARisingNonceCount()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Sip.ExpiresSeconds = 2;

        var phone = await stage.RegisteredPhoneAsync();
        var first = await phone.WaitForAsync<Registered>();
        var second = await phone.WaitForAsync<Registered>(after: first.Sequence);

        second.CallId.Should().Be(first.CallId);
        second.CSeq.Should().Be(first.CSeq + 1, "the old nonce is used again, so no challenge comes between");
        stage.Sip.Requests.Last().GetText(SipHeaderName.Authorization).Should().Contain("nc=00000002");
    }

    [Fact]
    public async Task PowerCycle_HasANewCallIdAndFetchesInBootOrder()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync();
        var before = await phone.WaitForAsync<Registered>();
        stage.Web.Requests.Clear();

        await phone.PowerCycleAsync();
        var after = await phone.WaitForAsync<Registered>(after: before.Sequence);

        after.CallId.Should().NotBe(before.CallId);
        stage.Web.PathsAsked()[0].Should().Be("/805ec0000001.boot");
        phone.History.OfType<PoweredOff>().Should().ContainSingle();
        stage.Sip.Requests.Should().OnlyContain(request => request.ExpiresSeconds != 0, "a power cut says good-bye to nobody");
    }

    [Fact]
    public async Task Resync_WithAnotherAccount_UnregistersTheOldAndRegistersTheNew()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync("candidate");
        var before = await phone.WaitForAsync<Registered>();
        stage.ServeAccount("bob");

        await phone.ResyncAsync();
        var after = await phone.WaitForAsync<Registered>(after: before.Sequence);

        phone.History.OfType<Unregistered>().Should().ContainSingle();
        after.CallId.Should().NotBe(before.CallId);
        stage.Sip.Bindings.Keys.Should().Equal("bob");
    }

    [Fact]
    public async Task WrongPassword_IsSeenAndTriedAgain()
    {
        await using var stage = await Stage.OpenAsync();
        stage.ServeAccount();
        stage.Sip.Password = "changed";
        var phone = stage.Phone();

        await phone.PowerOnAsync();
        var failed = await phone.WaitForAsync<RegistrationFailed>();
        stage.Sip.Password = "s3cret";
        await phone.WaitForAsync<Registered>(after: failed.Sequence);

        failed.StatusCode.Should().Be(401);
    }

    [Fact]
    public async Task RetryAfter_OfABusyRegistrar_IsObeyed()
    {
        await using var stage = await Stage.OpenAsync();
        stage.ServeAccount();
        stage.Sip.Verdict = _ => (503, "Busy", "600");
        var clock = new FakeTimeProvider();
        var phone = stage.Phone(stage.Options with { Clock = clock });
        await phone.PowerOnAsync();
        var failed = await phone.WaitForAsync<RegistrationFailed>(refused => refused.StatusCode == 503);
        stage.Sip.Verdict = _ => null;
        var asked = stage.Sip.Requests.Count;

        var registered = phone.WaitForAsync<Registered>(after: failed.Sequence);
        var advanced = TimeSpan.Zero;
        while (!registered.IsCompleted)
        {
            if (advanced < TimeSpan.FromSeconds(600))
            {
                stage.Sip.Requests.Count.Should().Be(asked, "{0} is less than Retry-After", advanced);
            }

            clock.Advance(TimeSpan.FromSeconds(50));
            advanced += TimeSpan.FromSeconds(50);
            await phone.ResyncAsync();
        }

        await registered;
    }

    [Fact]
    public async Task Registrar_ThatIsAway_IsFoundWhenItIsBack()
    {
        await using var stage = await Stage.OpenAsync();
        stage.ServeAccount(transport: 1);
        var port = stage.Sip.Port;
        var gone = new TestRegistrar();
        var deadPort = gone.Port;
        await gone.DisposeAsync();
        stage.Web.Serve("/805ec0000001.cfg", stage.Account(transport: 1).Replace($"= {port}", $"= {deadPort}"));
        var phone = stage.Phone();

        await phone.PowerOnAsync();
        await phone.WaitForAsync<RegistrationFailed>(failed => failed.StatusCode == 0);
        stage.ServeAccount(transport: 1);
        await phone.ResyncAsync();

        await phone.WaitForAsync<Registered>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task SecondServer_WhenTheFirstIsGone_IsTakenAtOnce(int transport)
    {
        await using var stage = await Stage.OpenAsync();
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var silent = ((IPEndPoint)nobody.LocalEndPoint!).Port;
        stage.ServeAccount(transport: transport, more: $"""
            account.1.outbound_proxy_enable = 1
            account.1.outbound_proxy.1.address = 127.0.0.1
            account.1.outbound_proxy.1.port = {silent}
            account.1.outbound_proxy.2.address = 127.0.0.1
            account.1.outbound_proxy.2.port = {stage.Sip.Port}
            """);
        var clock = new FakeTimeProvider();
        var phone = stage.Phone(stage.Options with { RegistrationRetryDelay = TimeSpan.FromMinutes(10), Clock = clock });

        await phone.PowerOnAsync();

        // Over UDP nobody says no: it waits for as long as a transaction lasts, 32 s.
        var registered = phone.WaitForAsync<Registered>();
        while (!registered.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(2);
        }

        await registered;
        phone.History.OfType<RegistrationFailed>().Should().ContainSingle();
    }

    [Fact]
    public async Task Tls_WithoutTheCa_DoesNotRegister()
    {
        await using var stage = await Stage.OpenAsync();
        stage.ServeAccount(transport: 2);
        var phone = stage.Phone();

        await phone.PowerOnAsync();

        (await phone.WaitForAsync<RegistrationFailed>()).StatusCode.Should().Be(0);
        stage.Sip.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Connection_LostToTheServer_IsOpenedAgainWithTheSameCallId()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync(transport: 1);
        var before = await phone.WaitForAsync<Registered>();

        stage.Sip.Disconnect();
        var after = await phone.WaitForAsync<Registered>(after: before.Sequence);

        after.CallId.Should().Be(before.CallId, "only a boot or another account makes a new one");
        after.CSeq.Should().BeGreaterThan(before.CSeq);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task KeepAlive_EveryConfiguredInterval_IsSent(int transport)
    {
        await using var stage = await Stage.OpenAsync();

        await stage.RegisteredPhoneAsync(transport: transport, more: "account.1.nat.udp_update_time = 1");

        await Stage.UntilAsync(() => stage.Sip.KeepAlives >= 2);
    }

    [Fact]
    public async Task Fleet_OfTwoHundred_RegistersInOneProcess()
    {
        await using var stage = await Stage.OpenAsync();
        await using var fleet = PhoneFleet.Create(200, stage.Options with { Mac = "80:5e:c0:00:ff:f0" });
        foreach (var phone in fleet.Phones)
        {
            stage.Web.Serve($"/{phone.Mac}.cfg", stage.Account("user" + phone.Mac));
        }

        await fleet.PowerOnAsync();
        await fleet.WaitForAllAsync<Registered>(null, TimeSpan.FromSeconds(60));

        fleet.RegisteredCount.Should().Be(200);
        stage.Sip.Bindings.Should().HaveCount(200);
        fleet.Phones[16].Mac.Should().Be("805ec0010000");
    }
}
