using SipGateway.Sip;

namespace SipGateway.PhoneSimulator.Tests.Restart;

/// <summary>What a NOTIFY makes a phone do.</summary>
public sealed class NotifyTests
{
    [Theory]
    [InlineData("check-sync;reboot=true", "0", NotifyDeed.Reboot, 200)]
    [InlineData("check-sync;reboot=false", "0", NotifyDeed.Resync, 200)]
    [InlineData("check-sync", "0", NotifyDeed.Resync, 200)]
    [InlineData("check-sync;reboot=false", null, NotifyDeed.Reboot, 200)]
    [InlineData("check-sync;reboot=false", "1", NotifyDeed.Reboot, 200)]
    [InlineData("check-sync;reboot=true", "2", NotifyDeed.Nothing, 200)]
    [InlineData("Yealink-xml", "0", NotifyDeed.Nothing, 489)]
    [InlineData("unknown", "0", NotifyDeed.Nothing, 489)]
    public void Decide_ByEventAndSetting(string eventHeader, string? setting, object deed, int status)
    {
        var stored = setting is null ? null : new Dictionary<string, string> { ["sip.notify_reboot_enable"] = setting };
        var settings = new PhoneSettings(stored);

        var wanted = new YealinkDialect().Obey(Event(eventHeader), settings);
        var answer = NotifyRules.Decide(wanted, NotifyObedience.Obeys);

        answer.Should().Be(new NotifyAnswer(status, (NotifyDeed)deed));
        NotifyRules.Decide(wanted, NotifyObedience.Silent).Should().Be(new NotifyAnswer(0, NotifyDeed.Nothing));
        NotifyRules.Decide(wanted, NotifyObedience.AnswersOnly).Deed.Should().Be(NotifyDeed.Nothing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Reboot_Asked_AnswersThenBootsWithANewCallId(int transport)
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync(transport: transport, more: "sip.notify_reboot_enable = 0");
        var before = await phone.WaitForAsync<Registered>();
        stage.Web.Requests.Clear();

        await stage.Sip.NotifyAsync("alice", "check-sync;reboot=true");
        await phone.WaitForAsync<Rebooting>(rebooting => rebooting.Cause == "check-sync");
        var after = await phone.WaitForAsync<Registered>(after: before.Sequence);

        after.CallId.Should().NotBe(before.CallId);
        stage.Web.PathsAsked()[0].Should().Be("/805ec0000001.boot");
        stage.Sip.Responses.Should().Contain(response => response.StatusCode == 200);
        (await phone.WaitForAsync<PoweredOn>(on => on.BootCount == 2)).Sequence.Should().BeLessThan(after.Sequence);
    }

    [Fact]
    public async Task Resync_Asked_FetchesWithoutReboot()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync(more: "sip.notify_reboot_enable = 0");
        var mark = phone.LastSequence;
        stage.ServeAccount(more: "lang.gui = Spanish");

        await stage.Sip.NotifyAsync("alice", "check-sync;reboot=false");
        var applied = await phone.WaitForAsync<ConfigurationApplied>(after: mark);

        applied.ChangedKeys.Should().Equal("lang.gui");
        phone.History.OfType<Rebooting>().Should().BeEmpty();
        phone.History.OfType<Registered>().Should().ContainSingle("the account did not change");
    }

    [Fact]
    public async Task Resync_AskedDuringACall_WaitsForItsEnd()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync(more: "sip.notify_reboot_enable = 0");
        var call = await phone.DialAsync("*99*");
        stage.ServeAccount("bob", more: "sip.notify_reboot_enable = 0");
        var mark = phone.LastSequence;

        await stage.Sip.NotifyAsync("alice", "check-sync;reboot=false");
        await phone.WaitForAsync<NotifyReceived>(after: mark);
        call.Ended.IsCompleted.Should().BeFalse();
        await call.HangUpAsync();
        var started = await phone.WaitForAsync<ProvisioningStarted>(after: mark);

        (await phone.WaitForAsync<CallEnded>()).Sequence.Should().BeLessThan(started.Sequence);
        await phone.WaitForAsync<Unregistered>(after: mark);
    }

    [Fact]
    public async Task Repeated_NotifyIsAnsweredAgainButObeyedOnce()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync(more: "sip.notify_reboot_enable = 0");
        var (contact, send) = stage.Sip.Bindings["alice"];
        var notify = SipRequestBuilder.Create(SipMethod.Notify, contact).Via("UDP", "127.0.0.1:" + stage.Sip.Port, Via.MagicCookie + "same")
            .From(SipUri.Parse("sip:provision@gw.test"), "n").To(contact).CallId("same").CSeq(1, SipMethod.Notify)
            .Add(SipHeaderName.Event, "check-sync;reboot=false").Build();

        await send(notify);
        await send(notify);
        await send(SipRequestBuilder.Create(SipMethod.Options, contact).Via("UDP", "127.0.0.1:" + stage.Sip.Port, Via.MagicCookie + "last")
            .From(SipUri.Parse("sip:provision@gw.test"), "n").To(contact).CallId("last").CSeq(1, SipMethod.Options).Build());
        await Stage.UntilAsync(() => stage.Sip.Responses.Count == 3);

        phone.History.OfType<NotifyReceived>().Should().ContainSingle();
    }

    [Fact]
    public async Task Screen_Pushed_IsShown()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync(more: "push_xml.sip_notify = 1");

        await stage.Sip.NotifyAsync("alice", "Yealink-xml", "<YealinkIPPhoneTextScreen><Title>Hello</Title></YealinkIPPhoneTextScreen>");

        (await phone.WaitForAsync<ScreenShown>()).Screen.Title.Should().Be("Hello");
    }

    [Fact]
    public async Task Silent_PhoneDoesNotAnswer()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync();
        phone.Notifies = NotifyObedience.Silent;

        await stage.Sip.NotifyAsync("alice", "check-sync;reboot=true");

        (await phone.WaitForAsync<NotifyReceived>()).StatusCode.Should().Be(0);
        stage.Sip.Responses.Should().BeEmpty();
    }

    internal static EventHeader Event(string text) => text.Split(";reboot=") is [var type, var reboot]
        ? new EventHeader(type, SipParameters.None.With("reboot", reboot))
        : new EventHeader(text, SipParameters.None);
}
