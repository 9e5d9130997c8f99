using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>What a phone may that shows the factory certificate of its MAC.</summary>
public sealed class CertificateStories
{
    private const string Elsewhere = "192.0.2.9:4000";
    private readonly Life life = new();
    private DeviceChange last = null!;

    [Fact]
    public void OneClaim_IsPromotedWithoutACode_WithAuditAndEvent()
    {
        life.Claim("acme");
        Shown(1).Should().Be(FetchVerdict.Own);
        var seat = life.State.Seat!;
        (seat.Tenant, seat.Trust).Should().Be(("acme", TrustLevel.Certificate));
        (seat.Handout!.CandidateId, seat.Handout.Address).Should().Be((Life.Candidate(1).Id, "10.0.0.5"));
        (life.State.Vendor, life.State.Model).Should().Be(("yealink", "T46S"));
        var effects = last.Effects();
        effects.Audit.Should().ContainSingle().Which.Should().Match<Storage.AuditRow>(a =>
            a.Tenant == "acme" && a.Action == "device.enroll" && a.Actor == $"device:{Life.Mac}" && a.Detail == "factory certificate");
        effects.Events.Should().Contain(e => e.Tenant == "acme" && e.Kind == "enrollment.certificate");
        CommandRules.NeedsProof(life.State).Should().BeNull("it has proved more than an account would");
        Explain("acme").Should().Contain(f => f.Stage == "Onboarding" && f.Status == "OK" && f.Message.Contains("certificate"));
    }

    [Theory]
    [InlineData(CompatibilityGate.Allow, true, "")]
    [InlineData(CompatibilityGate.Warn, true, "enrollment.incompatible")]
    [InlineData(CompatibilityGate.Refuse, false, "")]
    public void OneClaim_OldFirmware_ByTheTenantsChoice(CompatibilityGate gate, bool isLetIn, string told)
    {
        life.Claim("acme");
        var command = new FetchConfigCommand
        {
            Candidate = Life.Candidate(1), File = ConfigFile.Device, IsSecure = true, Source = Life.Home, HasCertificate = true,
            Phone = new PhoneIdentity { Vendor = "yealink", Model = "T46S", Firmware = "66.81.0.15" },
        };

        life.Keep(c =>
        {
            CertificateRules.Gatekeeper(command, c.Next).Should().Be("acme");
            last = c;
            return FetchRules.Decide(command, c, isTrusted: false, life.Fresh(), gate);
        }).Should().Be(isLetIn ? FetchVerdict.Own : FetchVerdict.Bootstrap);

        last.Effects().Events.Where(e => e.Kind == CompatibilityRules.EnrollmentKind).Select(e => e.Kind).Should().Equal(told.Length > 0 ? [told] : []);
        CertificateRules.Gatekeeper(command, life.State).Should().Be(isLetIn ? null : "acme", "behind the door nobody asks again");
        life.State.Candidates.Should().ContainSingle().Which.HasCertificate.Should().BeTrue();
    }

    [Fact]
    public void WithoutTheCertificate_NothingChanges()
    {
        life.Claim("acme");
        life.Fetch(Life.Candidate(1)).Should().Be(FetchVerdict.Bootstrap);
        life.Fetch(Life.Candidate(1), isSecure: false, hasCertificate: true).Should().Be(FetchVerdict.Bootstrap, "a certificate is shown over TLS");
        Shown(1, file: ConfigFile.Boot).Should().Be(FetchVerdict.Bootstrap, "the phone keeps the URL of its own file");
        life.State.Candidates.Should().BeEmpty();
        life.State.Seat.Should().BeNull();
    }

    [Fact]
    public void NobodysOrTwoClaims_StaysACandidateOfWhichItIsKnown()
    {
        Shown(1).Should().Be(FetchVerdict.Bootstrap);
        life.State.Candidates.Should().ContainSingle().Which.HasCertificate.Should().BeTrue();
        ViewRules.Rows(life.State, life.Begin().Context).Should().BeEmpty("nobody's device is in nobody's list");
        life.Claim("acme");
        life.Claim("globex");
        Shown(1).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat.Should().BeNull();
        foreach (var tenant in new[] { "acme", "globex" })
        {
            Explain(tenant).Should().Contain(f => f.Message.Contains("CERTIFICATE"));
            ViewRules.View(life.State, Life.Mac, tenant, life.Now)!.Trust.Should().Be(TrustLevel.Claimed);
        }

        // The code decides, and the certificate is remembered.
        life.Dial(Life.Candidate(1), life.Code("globex")).Should().BeEmpty();
        (life.State.Seat!.Tenant, life.State.Seat.Trust).Should().Be(("globex", TrustLevel.Certificate));
        life.Now += TimeSpan.FromDays(8);
        Explain("acme").Should().NotContain(f => f.Message.Contains("CERTIFICATE"), "a candidate lives a week");
    }

    [Fact]
    public void Claim_AfterThePhoneShowedIt_TellsThePhoneToComeAgain()
    {
        Shown(1);
        life.Claim("acme");
        life.State.Intents.Should().ContainSingle().Which.Credential.Should().Be(CredentialName.OfCandidate(Life.Candidate(1).Id));
        Shown(1).Should().Be(FetchVerdict.Own);
        life.State.Seat!.Tenant.Should().Be("acme");
    }

    [Fact]
    public void TwoClaims_OneWithdrawn_TellsThePhoneToComeAgain()
    {
        life.Claim("acme");
        life.Claim("globex");
        Shown(1).Should().Be(FetchVerdict.Bootstrap);
        life.State.Intents.Should().BeEmpty();
        life.Keep(c => LifeRules.Delete(life.By("globex"), c)).Status.Should().Be(CommandStatus.Done);
        var order = life.State.Intents.Should().ContainSingle().Subject;

        // What becomes of the order is shown to nobody: nobody's phone is it yet.
        var change = life.Begin();
        NotifyRules.Decide(new NotifyReport { OrderId = order.OrderId, StatusCode = 200 }, change);
        change.Next.Intents.Should().BeEmpty();
        change.Effects().Events.Should().BeEmpty();
        Shown(1).Should().Be(FetchVerdict.Own);
        life.State.Seat!.Tenant.Should().Be("acme");
    }

    [Fact]
    public void PhoneThatWasLetGo_ComesBackByItsCertificateToWhoeverClaimsIt()
    {
        life.Claim("acme");
        Shown(1);
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom, hasCertificate: true);
        life.Now += TimeSpan.FromDays(15);
        life.Keep(c => { LifeRules.RunDue(c, new TenantSettings(), life.Fresh()); return 0; });
        life.State.Seat!.IsOffboarded.Should().BeTrue();
        Shown(2).Should().Be(FetchVerdict.Own);
        (life.State.Seat!.IsOffboarded, life.State.Seat.Tenant).Should().Be((false, "acme"));
    }

    [Fact]
    public void Claim_OfASecondTenantOrAfterAStranger_TellsNobody()
    {
        life.Fetch(Life.Candidate(1));
        life.Claim("acme");
        Shown(2, file: ConfigFile.Boot);
        life.Claim("globex");
        life.State.Intents.Should().BeEmpty();
    }

    [Fact]
    public void PhoneInService_IsNotDisturbed()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"));
        life.Fetch(null, life.State.Seat!.ConfigTokenRandom).Should().Be(FetchVerdict.Own);
        var seat = life.State.Seat;
        Shown(2).Should().Be(FetchVerdict.Bootstrap);
        Shown(2, source: Elsewhere).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat.Should().Be(seat);
    }

    [Fact]
    public void PhoneThatDialled_IsNotDisturbedByAnotherWithTheCertificate()
    {
        life.Claim("acme");
        life.Dial(Life.Candidate(1), life.Code("acme"));
        Shown(2).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat!.Handout!.CandidateId.Should().Be(Life.Candidate(1).Id);
    }

    [Fact]
    public void Handout_IsForTheAddressThatProved()
    {
        life.Claim("acme");
        Shown(1);
        var seat = life.State.Seat!;
        Shown(2, file: ConfigFile.Boot).Should().Be(FetchVerdict.Own, "each file at the root is a request of a candidate of its own");
        Shown(3, source: Elsewhere).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat!.Epoch.Should().Be(seat.Epoch);
        life.Fetch(Life.Candidate(1), source: Elsewhere).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat.Alerts.Should().ContainSingle("a second address asked with the same candidate");
        Shown(1).Should().Be(FetchVerdict.Bootstrap, "that stopped it");
    }

    [Fact]
    public void LostAnswer_AfterTheHandout_IsGivenAgainWithANewAccount()
    {
        life.Claim("acme");
        Shown(1);
        var seat = life.State.Seat!;
        life.Now += TimeSpan.FromMinutes(30);
        Shown(2, source: Elsewhere).Should().Be(FetchVerdict.Bootstrap);
        Shown(2).Should().Be(FetchVerdict.Own);
        life.State.Seat!.Epoch.Should().Be(seat.Epoch + 1);
        life.State.Seat.ConfigTokenRandom.Should().NotBe(seat.ConfigTokenRandom);

        // Back with its own URL, it is in service: reset, it needs a code or its owner's word.
        life.Fetch(null, life.State.Seat.ConfigTokenRandom, hasCertificate: true).Should().Be(FetchVerdict.Own);
        Shown(3).Should().Be(FetchVerdict.Bootstrap);
        life.Keep(c => LifeRules.Delete(life.By("acme"), c)).Status.Should().Be(CommandStatus.Done);
        Shown(4).Should().Be(FetchVerdict.Bootstrap, "nobody claims it");
        life.Claim("globex");
        Shown(4).Should().Be(FetchVerdict.Own, "its owner released it");
    }

    [Fact]
    public void StoppedCandidate_IsNotPromoted()
    {
        Shown(1);
        life.Claim("acme");
        var code = life.Code("acme");
        for (var i = 0; i < 5; i++) life.Dial(Life.Candidate(1), code == "000000" ? "111111" : "000000");
        Shown(1).Should().Be(FetchVerdict.Bootstrap);
        life.State.Seat.Should().BeNull();
    }

    private FetchVerdict Shown(int candidate, string source = Life.Home, ConfigFile file = ConfigFile.Device)
    {
        return life.Keep(c =>
        {
            last = c;
            return FetchRules.Decide(
                new FetchConfigCommand
                {
                    Candidate = Life.Candidate(candidate) with { IssuedAtUtc = life.Now }, File = file, IsSecure = true, Source = source,
                    HasCertificate = true, Phone = new PhoneIdentity { Vendor = "yealink", Model = "T46S" },
                },
                c, isTrusted: false, life.Fresh());
        });
    }

    private IEnumerable<Finding> Explain(string tenant) => ExplainRules.Explain(life.State, Life.Mac, tenant, life.Now);
}
