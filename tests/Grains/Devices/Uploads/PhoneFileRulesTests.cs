using System.Collections.Immutable;
using System.Security.Cryptography;
using SipGateway.Grains.Devices;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>How much of a phone's files is kept, and how.</summary>
public sealed class PhoneFileRulesTests
{
    private readonly KeyRing ring = KeyRing.Create();
    private PhoneFilesState state = new();

    [Fact]
    public void File_SentAgain_ReplacesItself_AndTheOldestGoesBeyondEight()
    {
        for (var n = 0; n < 12; n++) Keep("acme/ann", $"f{n}", 10);
        Keep("acme/ann", "f5", 20);

        state.Files.Select(f => f.Name).Should().Equal("f4", "f6", "f7", "f8", "f9", "f10", "f11", "f5");
    }

    [Fact]
    public void Files_LargeTogether_LoseTheOldest_ButNeverTheNewest()
    {
        for (var n = 0; n < 4; n++) Keep("acme/ann", $"f{n}", 200_000);

        state.Files.Select(f => f.Name).Should().Equal("f3");
        Keep("acme/ann", "small", 10);
        state.Files.Should().HaveCount(2);
    }

    [Fact]
    public void Files_OfAnotherOwner_AreForgotten()
    {
        Keep("acme/ann", "a", 10);
        Keep("acme/bob", "b", 10);

        state.Files.Select(f => f.Name).Should().Equal("b");
    }

    [Fact]
    public void File_IsUnlockedWhereItWasLocked_AndNowhereElse()
    {
        var content = RandomNumberGenerator.GetBytes(5000).ToImmutableArray();
        var file = Stored("a", content);

        PhoneFileRules.Unlock(ring, Life.Mac, file)!.Value.Should().Equal(content);
        PhoneFileRules.Unlock(ring, "001565000000", file).Should().BeNull();
        PhoneFileRules.Unlock(ring, Life.Mac, file with { Name = "b" }).Should().BeNull();
        PhoneFileRules.Unlock(KeyRing.Create(), Life.Mac, file).Should().BeNull();
        PhoneFileRules.Unlock(ring, Life.Mac, Stored("e", []))!.Value.Should().BeEmpty();
    }

    private void Keep(string owner, string name, int length) => state = PhoneFileRules.Keep(state, owner, Stored(name, [.. RandomNumberGenerator.GetBytes(length)]));

    private StoredPhoneFile Stored(string name, ImmutableArray<byte> content) => new()
    {
        Name = name, AtUtc = Life.Start, Length = content.Length, LockedContent = PhoneFileRules.Lock(ring, Life.Mac, name, content),
    };
}
