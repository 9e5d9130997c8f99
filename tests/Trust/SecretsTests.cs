using SipGateway.Trust;

namespace SipGateway.Trust.Tests;

public sealed class SecretsTests
{
    private readonly KeyRing ring = KeyRing.Create();

    [Fact]
    public void SecretBox_LockedAndUnlocked_IsTheSame() =>
        SecretBox.Unlock(ring, SecretBox.Lock(ring, "päss\n☎", "device/1"), "device/1").Should().Be("päss\n☎");

    [Fact]
    public void SecretBox_MovedToAnotherPlace_DoesNotOpen() =>
        SecretBox.Unlock(ring, SecretBox.Lock(ring, "secret", "device/1"), "device/2").Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData("1.AAAA")]
    [InlineData("1.*")]
    [InlineData("9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    public void SecretBox_Garbage_IsNull(string locked) => SecretBox.Unlock(ring, locked, "device/1").Should().BeNull();

    [Fact]
    public void VerificationCode_SameInputs_SameCode_OtherInputs_OtherCodes()
    {
        string Code(string mac, string tenant, long counter) => VerificationCode.Derive(ring, 1, mac, tenant, counter)!;

        var codes = Enumerable.Range(0, 50).Select(i => Code("001565aabbcc", "default", i)).ToList();
        codes.Should().OnlyContain(c => c.Length == 6 && c.All(char.IsAsciiDigit));
        codes.Distinct().Count().Should().BeGreaterThan(45);
        Code("001565aabbcc", "default", 3).Should().Be(codes[3]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void VerificationCode_TooFewOrTooManyDigits_Throws(int digits)
    {
        var derive = () => VerificationCode.Derive(ring, 1, "001565aabbcc", "default", 1, digits);
        derive.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void KeyRingFile_MadeOnce_ReadBackAndPrivate()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ring").FullName, "keyring.json");
        var made = KeyRingFile.LoadOrCreate(path);
        var read = KeyRingFile.LoadOrCreate(path);

        read.Current("x").Should().Equal(made.Current("x"));
        File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[{\"Id\":1,\"Key\":\"AA==\"}]")]
    [InlineData("nonsense")]
    public void KeyRingFile_Damaged_IsNeverOverwritten(string content)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ring").FullName, "keyring.json");
        File.WriteAllText(path, content);

        var load = () => KeyRingFile.LoadOrCreate(path);

        load.Should().Throw<InvalidDataException>().WithMessage("*backup*");
        File.ReadAllText(path).Should().Be(content);
    }

    [Fact]
    public void KeyRing_Purposes_HaveKeysOfTheirOwn() => ring.Current("one").Should().NotEqual(ring.Current("two"));
}
