using static SipGateway.Edge.Tests.Provisioning.VendorSamples;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Whose phone it is, by what it calls itself; where nobody knows that, by the file it asks for. No vendor takes another's.</summary>
public sealed class VendorRecognitionTests
{
    public static TheoryData<string> Names => VendorContractTests.Names;

    [Theory, MemberData(nameof(Names))]
    public void UserAgents_AreKnownByTheirVendorAlone(string name)
    {
        foreach (var userAgent in All[name].UserAgents)
            Vendors.All.Where(vendor => vendor.Recognize(userAgent) is not null).Select(vendor => vendor.Vendor).Should().Equal([name], userAgent);
        PhoneOf(name).Vendor.Should().Be(name);
        PhoneOf(name).Model.Should().Be(All[name].Model);
        PhoneOf(name).Mac.Should().Be(All[name].SaysMac ? Mac : "");
        (PhoneOf(name).Firmware.Length > 0).Should().Be(All[name].UserAgents.Length > 0, "a file's name says none");
    }

    [Theory, MemberData(nameof(Names))]
    public void Files_Asked_ByNobodyKnown_AreAtMostTheirVendors(string name)
    {
        foreach (var file in All[name].FilesOfMac)
        {
            Vendors.All.Where(vendor => vendor.RecognizeFile(file) is not null).Should().OnlyContain(vendor => vendor.Vendor == name, file);
            Of(name).RecognizeFile(file)?.Mac.Should().Be(Mac);
        }
    }

    [Fact]
    public void UserAgent_OfSpectralinkAtPolycomsTime_IsSpectralinks() =>
        Vendors.All.Where(vendor => vendor.Recognize("FileTransport PolycomSpectraLink-SL_8440-UA/4.0.0.13951 Type/Application") is not null)
            .Select(vendor => vendor.Vendor).Should().Equal("spectralink");

    [Theory, MemberData(nameof(Names))]
    public void UserAgents_Mutated_AreTheVendorsOrNobodys(string name)
    {
        var dice = new Random(name.Length);
        var samples = All[name].UserAgents;
        for (var i = 0; i < 10_000 && samples.Length > 0; i++)
        {
            var text = Mutation.Of(samples[dice.Next(samples.Length)], dice);
            foreach (var vendor in Vendors.All)
            {
                if (vendor.Recognize(text) is not { } phone) continue;
                vendor.Vendor.Should().Be(name, "it says {0}", text);
                (phone.Model + phone.Firmware).Should().NotContainAny("\r", "\n", "<", "/", "\0");
                phone.Mac.Should().MatchRegex("^([0-9a-f]{12})?$");
            }
        }
    }
}
