using System.Text;
using System.Text.Json;
using SipGateway.Sip.Authentication;

namespace SipGateway.Sip.Tests.Authentication;

/// <summary>Every published or derived vector on disk, with the verdict it must get.</summary>
public sealed class DigestVectorTests
{
    private static readonly string[] NotServed = ["SHA-512-256", "SHA-512-256-sess"];

    public static TheoryData<string> Ids => new(Vectors().Select(v => v.GetProperty("id").GetString()!));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Vector_OfTheCorpus_GetsItsVerdict(string id)
    {
        var vector = Vectors().Single(v => v.GetProperty("id").GetString() == id);
        var name = Text(vector, "algorithm")!;
        if (DigestAlgorithms.Parse(name) is not { } algorithm)
        {
            NotServed.Should().Contain(name, "only SHA-512/256 is refused");
            return;
        }

        NotServed.Should().NotContain(name);
        var ha1 = DigestResponse.Ha1(algorithm, Text(vector, "username")!, Text(vector, "realm")!, Text(vector, "password")!);
        var response = DigestResponse.Compute(
            algorithm, ha1, Text(vector, "method")!, Text(vector, "uri")!, Text(vector, "nonce")!,
            Text(vector, "nc"), Text(vector, "cnonce"), Text(vector, "qop"), Encoding.UTF8.GetBytes(Text(vector, "body") ?? string.Empty));

        var isKnownWrong = vector.TryGetProperty("expect_mismatch", out var mismatch) && mismatch.GetBoolean();
        DigestResponse.AreEqual(response, Text(vector, "response")!).Should().Be(!isKnownWrong);
        if (Text(vector, "ha1") is { } printed)
        {
            ha1.Should().Be(printed);
        }
    }

    [Fact]
    public void Corpus_OnDisk_HasKnownWrongAndNotServedVectors()
    {
        Vectors().Should().HaveCountGreaterThan(30);
        Vectors().Count(v => v.TryGetProperty("expect_mismatch", out _)).Should().Be(2);
        Vectors().Count(v => NotServed.Contains(Text(v, "algorithm"))).Should().Be(7);
    }

    private static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<JsonElement> Vectors()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SipGateway.Orleans.sln")))
        {
            folder = folder.Parent;
        }

        var file = Path.Combine(folder!.Parent!.FullName, "shared", "data", "digest", "vectors.json");
        File.Exists(file).Should().BeTrue($"the test data {file} belongs beside the repository");
        return [.. JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateArray()];
    }
}
