namespace SipGateway.AdminApi.Tests;

public sealed class AdminKeyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sipgw-key-").FullName;

    private string KeyPath => Path.Combine(_directory, "admin.key");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void LoadOrCreate_FirstTime_MakesAFileForTheOwnerAlone()
    {
        var key = AdminKeyFile.LoadOrCreate(KeyPath);

        key.Matches(File.ReadAllText(KeyPath).Trim()).Should().BeTrue();
        File.GetUnixFileMode(KeyPath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AdminKeyFile.LoadOrCreate(KeyPath).Id.Should().Be(key.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("a key with blanks that is long enough to be one")]
    public void LoadOrCreate_NoKeyInTheFile_OverwritesNothing(string content)
    {
        File.WriteAllText(KeyPath, content);

        var load = () => AdminKeyFile.LoadOrCreate(KeyPath);

        load.Should().Throw<InvalidDataException>();
        File.ReadAllText(KeyPath).Should().Be(content);
    }

    [Fact]
    public void Matches_AnotherKey_IsFalse() => AdminKeyFile.LoadOrCreate(KeyPath).Matches(new string('x', 49)).Should().BeFalse();
}
