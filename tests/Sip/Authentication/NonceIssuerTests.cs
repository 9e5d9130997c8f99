using CsCheck;
using SipGateway.Sip.Authentication;

namespace SipGateway.Sip.Tests.Authentication;

public sealed class NonceIssuerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Check_OwnNonce_IsValidUntilItsLifetimeIsOver() => Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Long[0, 600_000])
        .Sample((afterMs, ageMs) =>
        {
            var issuer = Issuer("edge1", Start);
            var issuedAt = Start.AddMilliseconds(afterMs);
            var verdict = issuer.Check(issuer.Issue(issuedAt, 7), issuedAt.AddMilliseconds(ageMs));
            return verdict.Status == (ageMs < Lifetime.TotalMilliseconds ? NonceStatus.Valid : NonceStatus.Expired)
                && verdict.IssuedAtMicroseconds == (issuedAt - DateTimeOffset.UnixEpoch).Ticks / 10;
        });

    [Fact]
    public void Check_NonceWithAnyCharacterChanged_IsForged()
    {
        var issuer = Issuer("edge1", Start);
        var nonce = issuer.Issue(Start, 7);
        Gen.Select(Gen.Int[0, nonce.Length - 1], Gen.Char).Where(t => t.Item2 != nonce[t.Item1]).Sample((at, c) =>
        {
            var changed = string.Concat(nonce.AsSpan(0, at), c.ToString(), nonce.AsSpan(at + 1));
            return issuer.Check(changed, Start) == new NonceVerdict(NonceStatus.Forged, 0);
        });
    }

    [Fact]
    public void Check_AnyText_IsForgedAndNeverThrows() =>
        Gen.String[0, 60].Sample(text => Issuer("edge1", Start).Check(text, Start).Status == NonceStatus.Forged);

    [Fact]
    public void Check_NonceOfAnotherEdgeOrStart_IsUsableAndSaidSo()
    {
        var issuer = Issuer("edge1", Start);
        issuer.Check(Issuer("edge2", Start).Issue(Start, 7), Start).Status.Should().Be(NonceStatus.OtherStart);
        issuer.Check(Issuer("edge1", Start.AddSeconds(1)).Issue(Start, 7), Start).Status.Should().Be(NonceStatus.OtherStart);
        issuer.Check(Issuer("edge2", Start).Issue(Start, 7), Start).IsUsable.Should().BeTrue();
        issuer.Check(Issuer("edge2", Start).Issue(Start, 7), Start + Lifetime).Status.Should().Be(NonceStatus.Expired);
    }

    [Fact]
    public void Check_UnderAnOlderKeyOfTheRing_IsValidAndUnderAGoneOneForged()
    {
        var newKey = (byte[])[.. Key.Reverse()];
        var old = new NonceIssuer(1, id => id == 1 ? Key : null, "edge1", Start, Lifetime);
        var both = new NonceIssuer(2, id => id == 1 ? Key : id == 2 ? newKey : null, "edge1", Start, Lifetime);
        var newOnly = new NonceIssuer(2, id => id == 2 ? newKey : null, "edge1", Start, Lifetime);
        both.Check(old.Issue(Start, 7), Start).Status.Should().Be(NonceStatus.Valid);
        newOnly.Check(old.Issue(Start, 7), Start).Status.Should().Be(NonceStatus.Forged);
    }

    [Fact]
    public void Issue_ManyInTheSameInstant_DifferAndSortInOrder()
    {
        var issuer = Issuer("edge1", Start);
        var times = Enumerable.Range(0, 1000).Select(_ => issuer.Check(issuer.Issue(Start, 7), Start).IssuedAtMicroseconds).ToList();
        times.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
    }

    [Fact]
    public void Check_NonceOfAnySource_SaysWhomItWasGivenTo() => Gen.ULong.Sample(source =>
        Issuer("edge2", Start).Check(Issuer("edge1", Start).Issue(Start, source), Start) is { IsUsable: true } verdict && verdict.Source == source);

    private static NonceIssuer Issuer(string edge, DateTimeOffset startedAt) =>
        new(1, id => id == 1 ? Key : null, edge, startedAt, Lifetime);
}
