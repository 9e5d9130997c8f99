using AwesomeAssertions;

namespace SipGateway.Trust.Tests;

/// <summary>The signature of calls inside a cluster.</summary>
public sealed class CallSignatureTests
{
    private static readonly string MasterKey = SealedKeyRing.NewMasterKey();
    private static readonly byte[] Salt = new byte[CallSignature.SaltLength];
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly CallSignature _ours = CallSignature.Create(MasterKey, Salt);

    [Fact]
    public void Signature_OfThisCall_IsGoodForItAlone()
    {
        var signature = _ours.Sign("device/001565aabbcc", "sipgw.device/restart", Now);

        _ours.IsGood(signature, "device/001565aabbcc", "sipgw.device/restart", Now).Should().BeTrue();
        _ours.IsGood(signature, "device/001565aabbcd", "sipgw.device/restart", Now).Should().BeFalse("another phone");
        _ours.IsGood(signature, "device/001565aabbcc", "sipgw.device/delete", Now).Should().BeFalse("another command");
        _ours.IsGood(signature, "restart", "sipgw.device/device/001565aabbcc", Now).Should().BeFalse("parts moved over the border");
    }

    [Fact]
    public void Signature_ChangedInAnyByte_IsNone()
    {
        var signature = _ours.Sign("g", "c", Now);
        for (var i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            _ours.IsGood(signature, "g", "c", Now).Should().BeFalse("byte {0} was changed", i);
            signature[i] ^= 1;
        }

        _ours.IsGood(signature[..^1], "g", "c", Now).Should().BeFalse();
        _ours.IsGood([], "g", "c", Now).Should().BeFalse();
        _ours.IsGood(null, "g", "c", Now).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(15 * 60, true)]
    [InlineData(-15 * 60, true)]
    [InlineData((15 * 60) + 1, false)]
    [InlineData((-15 * 60) - 1, false)]
    public void Signature_IsFreshForAQuarterOfAnHour(int ageSeconds, bool isGood) =>
        _ours.IsGood(_ours.Sign("g", "c", Now), "g", "c", Now.AddSeconds(ageSeconds)).Should().Be(isGood);

    [Fact]
    public void Key_NeedsBothHalves()
    {
        var signature = _ours.Sign("g", "c", Now);
        var otherSalt = new byte[CallSignature.SaltLength];
        otherSalt[31] = 1;

        CallSignature.Create(MasterKey, Salt).IsGood(signature, "g", "c", Now).Should().BeTrue();
        CallSignature.Create(SealedKeyRing.NewMasterKey(), Salt).IsGood(signature, "g", "c", Now).Should().BeFalse("an edge has one half");
        CallSignature.Create(MasterKey, otherSalt).IsGood(signature, "g", "c", Now).Should().BeFalse("who reads the database has the other");
        FluentActions.Invoking(() => CallSignature.Create(MasterKey, new byte[31])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void LongNames_AreSignedWhole()
    {
        var grain = new string('g', 2000);

        _ours.IsGood(_ours.Sign(grain + "1", "c", Now), grain + "2", "c", Now).Should().BeFalse();
    }
}
