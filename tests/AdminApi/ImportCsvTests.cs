namespace SipGateway.AdminApi.Tests;

public sealed class ImportCsvTests
{
    [Theory]
    [InlineData("MAC id,Location\n001565aa0001,Room", "2 001565aa0001 Room -")]
    [InlineData("\uFEFFMAC Id;location\r\n00:15:65:aa:00:01;\"A; B\"\r\n", "2 00:15:65:aa:00:01 A; B -")]
    [InlineData("Location,MAC id\nRoom,001565aa0001", "2 001565aa0001 Room -")]
    [InlineData("MAC id\n001565aa0001", "2 001565aa0001  -")]
    [InlineData("MAC id,Location\nnope,Room", "2 nope  this is no MAC")]
    [InlineData("MAC id,Location\n,Room", "2   the MAC is missing")]
    [InlineData("MAC id,Location\n001565aa0001,a,b", "2 001565aa0001  there are more fields")]
    [InlineData("MAC id,Location\n001565aa0001,\"a\nb\"", "2 001565aa0001  the location holds a line break")]
    public void Read_Row_IsTakenOrRefused(string csv, string expected)
    {
        var (items, error) = ImportCsv.Read(csv);

        error.Should().BeNull();
        var item = items.Single();
        $"{item.Row} {item.Mac} {item.Detail} {(item.Error.Length == 0 ? "-" : item.Error)}".Should().StartWith(expected);
    }

    [Fact]
    public void Read_SameMacTwice_RefusesTheSecond()
    {
        var (items, _) = ImportCsv.Read("MAC id,Location\n001565aa0001,A\n\n00:15:65:AA:00:01,B");

        items.Select(i => i.Row).Should().Equal(2, 4);
        items[1].Error.Should().Contain("row 2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("MAC id,Location")]
    [InlineData("001565aa0001,Room 1")]
    public void Read_NoTable_SaysSo(string csv) => ImportCsv.Read(csv).Error.Should().NotBeNullOrEmpty();

    [Fact]
    public void Read_TooManyRows_IsRefusedWhole()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 10_001).Select(i => $"0015{i:x8},R"));

        ImportCsv.Read($"MAC id,Location\n{rows}").Error.Should().Contain("10000");
    }
}
