using System.Net;
using SipGateway.Journeys.Tests.Running;
using SipGateway.Sip;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>A phone behind a router whose mappings do not last.</summary>
[Collection(RegistrarRules.Name)]
public sealed class RegistrarNatTests(RegistrarFixture fixture)
{
    private static readonly IPAddress Router = IPAddress.Parse("127.0.0.60");

    [Fact]
    public async Task Nat_ThatForgetsThePhone_IsPassedAgain_AtTheNextRefresh()
    {
        using var nat = new UdpNat(fixture.Gateway["sip"], Router);
        using var phone = await RawPhone.OpenAsync(fixture, fixture.Bob, to: nat.Inside);
        (await phone.BindAsync()).StatusCode.Should().Be(200);
        (await phone.BindAsync()).StatusCode.Should().Be(200, "the second is an unchanged refresh");
        var before = nat.Outside;
        nat.Forget();

        var refreshed = await phone.BindAsync();

        refreshed.StatusCode.Should().Be(200);
        refreshed.Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should().Be(phone.Contact, "the phone's own Contact comes back");
        refreshed.TopVia!.Received.Should().Be(Router.ToString());
        nat.Outside.Port.Should().NotBe(before.Port);
        (await NotifiedAsync(phone)).RequestUri!.ToString().Should().Be(phone.Contact);
    }

    [Fact]
    public async Task Digest_WhoseChallengeCameThroughAnotherMapping_IsGood()
    {
        using var nat = new UdpNat(fixture.Gateway["sip"], Router);
        using var phone = await RawPhone.OpenAsync(fixture, fixture.Bob, to: nat.Inside);
        var answer = await phone.PreparedAsync($"Contact: <{phone.Contact}>;expires=300");
        nat.Forget();

        (await phone.AskAsync(answer)).StatusCode.Should().Be(200);
    }

    /// <summary>A resync is asked for and takes the way that the last request came.</summary>
    private async Task<SipRequest> NotifiedAsync(RawPhone phone)
    {
        using var admin = new AdminRest(fixture.Gateway.AdminClient());
        await admin.PostAsync("/v1/tenants/default/devices/001565ab0002:resync");
        var notify = (SipRequest)SipParser.ParseDatagram(await phone.Wire.ReadAsync(TimeSpan.FromSeconds(10)), SipLimits.Default).Message!;
        await phone.Wire.SendAsync(SipResponseBuilder.For(notify, 200, toTag: "n1").Build());
        return notify;
    }
}
