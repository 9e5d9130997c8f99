using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Phones of the field are their vendor's and nobody else's; what only looks like them gets no file of another device.</summary>
public sealed class RecognitionTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private const int Requests = 10_000;
    private const string Secret = "SECRET-OF-THE-LINE";

    public static TheoryData<string, string, string, string> Samples
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var sample in FieldSamples.Http) rows.Add(sample.Vendor, sample.UserAgent, sample.Model, sample.Mac);
            return rows;
        }
    }

    public static TheoryData<string> Strangers => [.. FieldSamples.OfNobody];

    [Fact]
    public void Samples_OfEachVendor_AreThere() =>
        FieldSamples.Http.Select(sample => sample.Vendor).Distinct().Concat(FieldSamples.Unseen).Should().BeEquivalentTo(Vendors.All.Select(vendor => vendor.Vendor));

    [Theory, MemberData(nameof(Samples))]
    public void UserAgent_SeenInTheField_IsItsVendors(string vendor, string userAgent, string model, string mac)
    {
        var phone = Vendors.All.Select(one => one.Recognize(userAgent)).OfType<RecognizedPhone>().Should().ContainSingle().Subject;

        (phone.Vendor, phone.Model, phone.Mac).Should().Be((vendor, model, mac));
        phone.Firmware.Should().NotBeEmpty();
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task UserAgent_WithoutAFolder_IsNobodysAndRefusedInWords(string userAgent)
    {
        Vendors.All.Should().AllSatisfy(vendor => vendor.Recognize(userAgent).Should().BeNull());
        var answer = await Server.GetAsync($"/{Mac}.cfg", userAgent);
        answer.Status.Should().Be(403);
        answer.Text.Should().Contain("not that of a supported phone");
    }

    [Fact]
    public void UserAgent_OfSip_IsItsVendorsOrNobodys()
    {
        foreach (var (vendor, userAgent) in FieldSamples.Sip)
            Vendors.All.Where(one => one.Recognize(userAgent) is not null).Select(one => one.Vendor).Should().BeSubsetOf([vendor], userAgent);
    }

    [Fact]
    public void UserAgents_Mutated_AreTheirVendorsOrNobodys()
    {
        var dice = new Random(Requests);
        for (var i = 0; i < Requests; i++)
        {
            var sample = FieldSamples.Http[dice.Next(FieldSamples.Http.Length)];
            var text = Mutation.Of(sample.UserAgent, dice);
            Vendors.All.Where(vendor => vendor.Recognize(text) is not null).Select(vendor => vendor.Vendor).Should().BeSubsetOf([sample.Vendor], text);
        }
    }

    // The phone's own token is on the way of every second request: whoever knows it and yet asks for another phone's file is no such phone.
    [Fact]
    public async Task Requests_Mutated_GetNoFileOfAnotherDevice()
    {
        var token = InService().Split('/')[2];
        var dice = new Random(Requests);
        var requests = Enumerable.Range(0, Requests).Select(_ => One(dice, token)).ToList();
        var (statuses, own) = (new int[600], 0);

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var answer = await Server.GetAsync(request.Path, request.UserAgent, isSecure: true);
            Interlocked.Increment(ref statuses[answer.Status]);
            var said = Vendors.All.Select(vendor => vendor.Recognize(request.UserAgent)).OfType<RecognizedPhone>().FirstOrDefault();
            if (answer.Text.Contains(Secret, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref own);
                request.Path.Should().Contain($"/{token}/", "nothing else opens it");
                (said?.Mac ?? "").Should().BeOneOf(["", Mac], request.ToString());
                OtherMacs(request.Path[(request.Path.IndexOf(token, StringComparison.Ordinal) + token.Length)..]).Should().BeEmpty(request.ToString());
            }
            else if (answer.Text.Contains(Mac, StringComparison.OrdinalIgnoreCase))
            {
                (request.Path + said?.Mac).Should().ContainEquivalentOf(Mac, "only who says this MAC gets a file that has it");
            }
        });

        statuses.Index().Where(s => s.Item > 0).Select(s => s.Index).Should().BeSubsetOf([200, 302, 400, 403, 404, 429]);
        statuses[200].Should().BeGreaterThan(Requests / 10, "or the mutations say nothing");
        own.Should().BePositive("or the token says nothing");
        Server.Log.Text.Should().NotContain("could not be served").And.NotContain("Exception");
    }

    private (string Path, string UserAgent) One(Random dice, string token)
    {
        var samples = VendorSamples.All.Values.ElementAt(dice.Next(VendorSamples.All.Count));
        var mac = dice.Next(2) == 0 ? Mac : VendorSamples.Mac;
        string Written(string text) => text.Replace(VendorSamples.Mac, mac, StringComparison.OrdinalIgnoreCase).Replace("0a:15:65:00:be:ef", Spaced(mac, ':'))
            .Replace("0A-15-65-00-BE-EF", Spaced(mac, '-').ToUpperInvariant());

        // A vendor whose phones are known by their files alone may call itself anything.
        var userAgent = samples.UserAgents.Length == 0 ? "SIP device" : Written(samples.UserAgents[dice.Next(samples.UserAgents.Length)]);
        var files = samples.FilesOfMac.ToArray();
        var file = files[dice.Next(files.Length)].Replace(VendorSamples.Mac, dice.Next(4) > 0 ? mac : Mac, StringComparison.OrdinalIgnoreCase);
        var spoiled = dice.Next(3) == 0 ? Mutation.Of(token, dice) : token;
        string[] ways = ["/", "//", "/lang_de/", "/tenantid/acme/", $"/d/{spoiled}/", $"/D//{spoiled}/", $"/lang_de/d/{spoiled}/", $"/s/{spoiled}/"];
        var path = ways[dice.Next(ways.Length)] + (dice.Next(2) == 0 ? file : Mutation.Of(file, dice));
        return (string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), dice.Next(3) == 0 ? OneLine(Mutation.Of(userAgent, dice)) : userAgent);
    }

    private IEnumerable<string> OtherMacs(string file) =>
        System.Text.RegularExpressions.Regex.Matches(file, "(?<![0-9a-fA-F])[0-9a-fA-F]{12}(?![0-9a-fA-F])").Select(match => match.Value.ToLowerInvariant())
            .Where(mac => mac != Mac && mac.Any(c => c != '0') && !file.Contains('y' + mac, StringComparison.OrdinalIgnoreCase));

    // No client sends a header with a line end; that much is for raw sockets.
    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    private static string Spaced(string mac, char between) => string.Join(between, mac.Chunk(2).Select(pair => new string(pair)));
}
