using AwesomeAssertions;

namespace SipGateway.Storage.Tests;

/// <summary>What is said of a connection string before anything connects.</summary>
public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Database=sipgateway")]
    [InlineData("Host=localhost;Database=sipgateway")]
    [InlineData("Host=::1;Database=sipgateway")]
    [InlineData("Host=127.0.0.1:5432,localhost:5433;Database=sipgateway")]
    [InlineData("Host=/var/run/postgresql;Database=sipgateway")]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull;Root Certificate=/etc/ca.crt")]
    [InlineData("Host=db.example.org;SSL Mode=Require")]
    [InlineData("Host=db.example.org;SSL Mode=Disable")]
    public void Database_OnThisMachineOrSaidHow_IsTaken(string text) => FaultsOf(text).Should().BeEmpty();

    [Theory]
    [InlineData("Host=db.example.org;Database=sipgateway")]
    [InlineData("Host=10.0.0.5;Password=secret")]
    [InlineData("Host=fd00::5;Password=secret")]
    [InlineData("Host=127.0.0.1,db.example.org;Password=secret")]
    [InlineData("Host=localhost.example.org;Password=secret")]
    [InlineData("Host=db.example.org;SSL Mode=Prefer;Password=secret")]
    [InlineData("Host=db.example.org;SSL Mode=Allow;Password=secret")]
    public void Database_BeyondThisMachineInClearByAccident_IsRefusedWithTheWayOut(string text)
    {
        var fault = FaultsOf(text).Should().ContainSingle().Subject;

        fault.Should().Contain("SSL Mode=VerifyFull").And.NotContain("secret");
    }

    private static IEnumerable<string> FaultsOf(string text) => new PostgresOptions { ConnectionString = text }.Validate();
}
