using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Hosting;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Which certificates prove a MAC, and which are as none.</summary>
public sealed class FactoryCertificateRulesTests
{
    private const string Mac = "805ec0000001";
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly FactoryCa Root = FactoryCa.Root("Yealink Root CA");
    private static readonly FactoryCa Issuer = Root.Below("Yealink Equipment Issuing CA");
    private static readonly FactoryCa Poly = FactoryCa.Root("Polycom Root CA");

    [Theory]
    [InlineData("CN=805EC0000001")]
    [InlineData("CN=805ec0000001, O=Yealink, C=CN")]
    [InlineData("CN=80:5E:C0:00:00:01, OU=805ec0000002")]
    public void RightMac_OfTheVendorsCa_IsProved(string subject) =>
        Judge(Root.Phone(subject)).Should().Be((CertificateVerdict.Good, Mac));

    [Fact]
    public void OtherMac_IsThatMacs_AndDoesNotAgreeWithTheFileAskedFor()
    {
        var (verdict, mac) = Judge(Root.Phone("CN=805ec0000002"));
        (verdict, mac).Should().Be((CertificateVerdict.Good, "805ec0000002"));
        Request(fileMac: Mac, phoneMac: Mac, mac).Agrees.Should().BeFalse();
        Request(fileMac: "", phoneMac: Mac, mac).Agrees.Should().BeFalse();
        Request(fileMac: Mac, phoneMac: "", mac).Agrees.Should().BeFalse();
        Request(fileMac: Mac, phoneMac: Mac, Mac).Agrees.Should().BeTrue();
        Request(fileMac: Mac, phoneMac: "", provedMac: "").Agrees.Should().BeTrue();
        Request(fileMac: "", phoneMac: "", mac).Mac.Should().Be("805ec0000002");
    }

    [Theory]
    [InlineData("CN=Yealink Generic")]
    [InlineData("CN=000000000000")]
    [InlineData("CN=ffffffffffff")]
    [InlineData("CN=SIP-T46S 805ec0000001")]
    [InlineData("CN=805ec00000011")]
    [InlineData("CN=805ec000000")]
    [InlineData("CN=８05ec0000001")]
    [InlineData("O=805ec0000001")]
    [InlineData("CN=805ec0000001, CN=805ec0000001")]
    [InlineData("CN=805ec0000001, CN=805ec0000002")]
    [InlineData("CN=")]
    public void GenericOrUnclear_ProvesNothing(string subject) => Judge(Root.Phone(subject)).Should().Be((CertificateVerdict.Generic, ""));

    [Fact]
    public void NotGoodNow_ProvesNothing()
    {
        Judge(Root.Phone($"CN={Mac}", until: Now.AddMinutes(-1))).Verdict.Should().Be(CertificateVerdict.NotNow);
        Judge(Root.Phone($"CN={Mac}", from: Now.AddMinutes(1))).Verdict.Should().Be(CertificateVerdict.NotNow);
        Judge(Root.Phone($"CN={Mac}", from: Now.AddMinutes(-1), until: Now.AddMinutes(1))).Verdict.Should().Be(CertificateVerdict.Good);
        var ended = FactoryCa.Root("ended", until: Now.AddMinutes(-1));
        Judge(ended.Phone($"CN={Mac}", until: Now.AddMinutes(-1)), authorities: ended).Verdict.Should().Be(CertificateVerdict.NotNow);
    }

    [Fact]
    public void SelfSignedOrOfAnotherVendorsCa_ProvesNothing()
    {
        Judge(FactoryCa.SelfSigned($"CN={Mac}")).Should().Be((CertificateVerdict.Foreign, ""));
        Judge(Poly.Phone($"CN={Mac}")).Should().Be((CertificateVerdict.Foreign, ""));
        Judge(FactoryCa.Root("Yealink Root CA").Phone($"CN={Mac}")).Verdict.Should().Be(CertificateVerdict.Foreign, "a name is no key");
        FactoryCertificateRules.Judge(Root.Phone($"CN={Mac}"), null, VendorOf("yealink"), [], Now).Verdict.Should().Be(CertificateVerdict.Foreign);
    }

    [Fact]
    public void IssuerBelowTheRoot_SentByThePhoneOrInTheFolder_Counts()
    {
        var phone = Issuer.Phone($"CN={Mac}");
        Judge(phone).Verdict.Should().Be(CertificateVerdict.Foreign, "nobody is asked for the issuer");
        Judge(phone, Sent(Issuer)).Should().Be((CertificateVerdict.Good, Mac));
        Judge(phone, Sent(Issuer, Root, Poly)).Should().Be((CertificateVerdict.Good, Mac));
        Judge(phone, null, Root, Issuer).Should().Be((CertificateVerdict.Good, Mac));

        // What the phone sends is no reason to trust it.
        var own = FactoryCa.Root("own");
        Judge(own.Phone($"CN={Mac}"), Sent(own)).Verdict.Should().Be(CertificateVerdict.Foreign);
    }

    [Fact]
    public void PhoneThatSignsAnotherPhone_ProvesNothing()
    {
        using var phone = Root.Phone("CN=805ec0000009");
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new CertificateRequest($"CN={Mac}", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var signed = request.Create(
            phone.SubjectName, X509SignatureGenerator.CreateForECDsa(phone.GetECDsaPrivateKey()!), Now.AddDays(-1), Now.AddDays(1), [1, 2, 3]);
        Judge(signed, new ShownChain([phone.RawData], IsTooLong: false)).Verdict.Should().Be(CertificateVerdict.Foreign);
    }

    [Fact]
    public void HugeChain_IsNotEvenBuilt()
    {
        var all = Enumerable.Range(0, 100).Select(i => Poly.Phone($"CN={i}")).ToList();
        using var phone = Root.Phone($"CN={Mac}");
        using var chain = new X509Chain();
        foreach (var other in all) chain.ChainPolicy.ExtraStore.Add(other);
        var shown = ShownChain.Of(phone, chain);
        shown.Should().BeEquivalentTo(new ShownChain([], IsTooLong: true));
        Judge(phone, shown).Should().Be((CertificateVerdict.TooLong, ""));

        chain.ChainPolicy.ExtraStore.Clear();
        chain.ChainPolicy.ExtraStore.Add(phone);
        chain.ChainPolicy.ExtraStore.Add(Issuer.Certificate);
        ShownChain.Of(phone, chain).Others.Should().ContainSingle().Which.Should().Equal(Issuer.Certificate.RawData);
        Judge(phone, new ShownChain([[1, 2, 3]], IsTooLong: false)).Verdict.Should().Be(CertificateVerdict.Foreign, "garbage proves nothing");
    }

    [Theory]
    [InlineData("OU=CP-8841-3PCC, L=88012BA01234, S=000e08abcdef", "000e08abcdef")]
    [InlineData("OU=CP-8841-3PCC, L=88012BA01234, SERIALNUMBER=000E08ABCDEF", "000e08abcdef")]
    [InlineData("CN=CP-8841-3PCC-SEP000E08ABCDEF, O=Cisco", "000e08abcdef")]
    [InlineData("CN=000E08ABCDEF", "000e08abcdef")]
    [InlineData("CN=000E08ABCDEF, OU=000e08abcdef", "000e08abcdef")]
    [InlineData("OU=cisco.com, L=ciscogeneric, S=ciscogeneric", null)]
    [InlineData("CN=000e08abcdef, S=ciscogeneric", null)]
    [InlineData("OU=CP-8841-3PCC, L=88012BA01234", null)]
    [InlineData("CN=000e08abcdef, OU=000e08abcd00", null)]
    [InlineData("CN=000e08abcdef 000e08abcd00", null)]
    [InlineData("CN=x000e08abcdef", null)]
    [InlineData("CN=000e08abcdef0", null)]
    public void Cisco_HasTheMacInTheState_OrSomewhereAlone(string subject, string? mac)
    {
        var root = FactoryCa.Root("Cisco");
        FactoryCertificateRules.Judge(root.Phone(subject), null, VendorOf("cisco"), [root.Certificate], Now)
            .Should().Be(mac is null ? (CertificateVerdict.Generic, "") : (CertificateVerdict.Good, mac));
        VendorOf("ciscoata").MacIn(CertificateSubject.Read(new X500DistinguishedName(subject))!).Should().Be(mac);
    }

    [Fact]
    public void MultiValuedSubject_InAnyStringType_IsReadWhole()
    {
        var name = Name(w =>
        {
            using (w.PushSetOf())
            {
                Attribute(w, CertificateSubject.CommonName, UniversalTagNumber.BMPString, Mac);
                Attribute(w, CertificateSubject.OrganizationalUnit, UniversalTagNumber.UTF8String, "телефон");
            }
        });
        Judge(Root.Phone(name)).Should().Be((CertificateVerdict.Good, Mac));
        CertificateSubject.Read(name)!.Of(CertificateSubject.OrganizationalUnit).Should().Equal("телефон");
    }

    [Fact]
    public void WeirdSubject_ProvesNothing()
    {
        Judge(Root.Phone(Name(w => One(w, UniversalTagNumber.UTF8String, Mac + "\0.evil")))).Verdict.Should().Be(CertificateVerdict.Generic);
        var many = Name(w => { for (var i = 0; i < 100; i++) One(w, UniversalTagNumber.UTF8String, Mac); });
        CertificateSubject.Read(many).Should().BeNull();
        CertificateSubject.Read(new X500DistinguishedName((byte[])[0x30, 0x03, 0x31, 0x7f, 0x00])).Should().BeNull();
    }

    [Fact]
    public void EveryVendor_TakesTheCommonName()
    {
        var subject = CertificateSubject.Read(new X500DistinguishedName($"CN={Mac}"))!;
        foreach (var vendor in Vendors.All) vendor.MacIn(subject).Should().Be(Mac, vendor.Vendor);
    }

    private static (CertificateVerdict Verdict, string Mac) Judge(X509Certificate2 phone, ShownChain? sent = null, params FactoryCa[] authorities) =>
        FactoryCertificateRules.Judge(
            phone, sent, VendorOf("yealink"), authorities.Length > 0 ? [.. authorities.Select(a => a.Certificate)] : [Root.Certificate], Now);

    private static IVendor VendorOf(string name) => Vendors.All.Single(v => v.Vendor == name);

    private static ShownChain Sent(params FactoryCa[] issuers) => new([.. issuers.Select(i => i.Certificate.RawData)], IsTooLong: false);

    private static FileRequest Request(string fileMac, string phoneMac, string provedMac) => new(
        ProvisioningPath.Parse("/x.cfg"), new Peer(System.Net.IPAddress.Loopback, 1, true),
        new VendorFile(Grains.Interfaces.ConfigFile.Device, fileMac), new RecognizedPhone("yealink", "T46S", "1", phoneMac), 1, provedMac);

    private static X500DistinguishedName Name(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) write(writer);
        return new X500DistinguishedName(writer.Encode());
    }

    private static void One(AsnWriter writer, UniversalTagNumber kind, string value)
    {
        using (writer.PushSetOf()) Attribute(writer, CertificateSubject.CommonName, kind, value);
    }

    private static void Attribute(AsnWriter writer, string oid, UniversalTagNumber kind, string value)
    {
        using var pushed = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        writer.WriteCharacterString(kind, value);
    }
}
