using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class FetchStories
{
    private readonly Life life = new();

    public FetchStories()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"));
    }

    [Fact]
    public void Candidate_WhoDialled_GetsItsConfigurationOverTls()
    {
        life.Fetch(Life.Candidate(1), isSecure: false).Should().Be(FetchVerdict.OwnOverTls);
        life.Fetch(Life.Candidate(1)).Should().Be(FetchVerdict.Own);
    }

    [Theory]
    [InlineData(PhoneOrigin.Dhcp, "It came by DHCP option 66 of its network.")]
    [InlineData(PhoneOrigin.Redirect, "It came by the vendor's redirect service.")]
    [InlineData(PhoneOrigin.PlugAndPlay, "It came by plug and play.")]
    [InlineData(PhoneOrigin.Unknown, "It was configured by hand, or came before this was noted.")]
    public void Origin_OfThePhoneThatWasEnrolled_IsKeptAndExplained(PhoneOrigin origin, string sentence)
    {
        life.Fetch(Life.Candidate(2), origin: PhoneOrigin.Dhcp);
        life.State.Origin.Should().Be(PhoneOrigin.Unknown, "of a stranger nothing is kept");

        life.Fetch(Life.Candidate(1), origin: origin).Should().Be(FetchVerdict.Own);
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom);

        life.State.Origin.Should().Be(origin, "its own URL says nothing of it");
        ExplainRules.Explain(life.State, Life.Mac, "acme", life.Now).Should().Contain(f => f.Stage == "Onboarding" && f.Message.EndsWith(sentence));
    }

    [Fact]
    public void Token_OverPlainHttp_GetsBootstrapAndNoWay() =>
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom, isSecure: false).Should().Be(FetchVerdict.Bootstrap);

    [Fact]
    public void Candidate_FromAnotherAddressOverPlainHttp_StopsTheHandoutToo()
    {
        life.Fetch(Life.Candidate(1), source: "192.0.2.9:4000", isSecure: false).Should().Be(FetchVerdict.Bootstrap);
        life.Fetch(Life.Candidate(1), isSecure: false).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat!.Alerts.Should().ContainSingle();
    }

    [Fact]
    public void Stranger_WithTheSameMac_GetsNothing() => life.Fetch(Life.Candidate(2)).Should().Be(FetchVerdict.Bootstrap);

    [Fact]
    public void Candidate_FromAnotherAddress_StopsTheHandout()
    {
        life.Fetch(Life.Candidate(1), source: "192.0.2.9:4000").Should().Be(FetchVerdict.Bootstrap);
        life.Fetch(Life.Candidate(1)).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat!.Alerts.Should().ContainSingle();
    }

    [Fact]
    public void Candidate_AfterTenMinutes_GetsBootstrap()
    {
        life.Now += TimeSpan.FromMinutes(11);
        life.Fetch(Life.Candidate(1)).Should().Be(FetchVerdict.Bootstrap);
    }

    [Fact]
    public void Token_OverTls_ProvesTheCredential()
    {
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom).Should().Be(FetchVerdict.Own);
        life.State.Seat!.Trust.Should().Be(TrustLevel.Token);
    }

    [Fact]
    public void Token_OfTheScreenOrRevoked_GetsBootstrap()
    {
        life.Fetch(null, life.State.Seat!.ScreenTokenRandom).Should().Be(FetchVerdict.Bootstrap);
        var token = life.State.Seat.ConfigTokenRandom;
        life.Keep(c => LifeRules.Delete(life.By("acme"), c)).Status.Should().Be(CommandStatus.Done);
        life.Fetch(null, token).Should().Be(FetchVerdict.Bootstrap);
    }

    [Fact]
    public void Stale_FourteenDays_IsLetGoAndComesBackByItsToken()
    {
        var token = life.State.Seat!.ConfigTokenRandom;
        life.Now += TimeSpan.FromDays(15);
        life.Keep(c => { LifeRules.RunDue(c, new TenantSettings(), life.Fresh()); return 0; });
        ViewRules.View(life.State, Life.Mac, "acme", life.Now)!.State.Should().Be(DeviceLifeState.Offboarded);
        life.Fetch(null, token).Should().Be(FetchVerdict.Own);
        ViewRules.View(life.State, Life.Mac, "acme", life.Now)!.State.Should().Be(DeviceLifeState.WaitingForSignIn);
    }

    [Fact]
    public void Claim_OfAnotherTenant_ShowsNothingOfThePhone()
    {
        life.Claim("globex");
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom);
        var view = ViewRules.View(life.State, Life.Mac, "globex", life.Now)!;
        (view.State, view.Vendor, view.LastSeenAtUtc).Should().Be((DeviceLifeState.WaitingOnActivation, "", null));
    }
}
