using SipGateway.Sip.Transactions;

namespace SipGateway.Sip.Tests.Transactions;

public sealed class TransactionKeyTests
{
    [Fact]
    public void Server_AckOfARefusal_FindsItsInvite() =>
        TransactionKey.Server("z9hG4bKa", "Host:5060", "ACK").Should().Be(TransactionKey.Server("z9hG4bKa", "host:5060", "INVITE"));

    [Fact]
    public void OfInvite_FromACancel_FindsTheInvite() =>
        TransactionKey.Server("z9hG4bKa", "host", "CANCEL").OfInvite().Should().Be(TransactionKey.Server("z9hG4bKa", "host", "INVITE"));

    [Theory]
    [InlineData("z9hG4bKb", "host:5060", "REGISTER")]
    [InlineData("z9hG4bKa", "host:5061", "REGISTER")]
    [InlineData("z9hG4bKa", "host:5060", "OPTIONS")]
    public void Server_AnyPartDiffers_IsAnotherTransaction(string branch, string sentBy, string method) =>
        TransactionKey.Server(branch, sentBy, method).Should().NotBe(TransactionKey.Server("z9hG4bKa", "host:5060", "REGISTER"));

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("z9hG4bK", false)]
    [InlineData("z9hG4bK1", true)]
    public void IsUnique_Branch_NeedsCookieAndMore(string? branch, bool expected) => TransactionKey.IsUnique(branch).Should().Be(expected);

    [Fact]
    public void Legacy_AckWithTheAnswersToTag_FindsItsInvite() =>
        TransactionKey.Legacy("sip:a@h", "f", "c", 1, "SIP/2.0/UDP h", "ACK")
            .Should().Be(TransactionKey.Legacy("sip:a@h", "f", "c", 1, "SIP/2.0/UDP h", "INVITE"));
}
