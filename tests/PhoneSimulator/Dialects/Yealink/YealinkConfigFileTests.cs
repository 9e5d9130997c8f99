namespace SipGateway.PhoneSimulator.Tests.Dialects;

/// <summary>The vendor's file, read as the phone reads it.</summary>
public sealed class YealinkConfigFileTests
{
    [Fact]
    public void Parse_File_GivesKeysValuesAndIncludes()
    {
        var file = YealinkConfigFile.Parse(
            "#!version:1.0.0.1\r\n\r\n# comment\r\ninclude:config \"y000000000108.cfg\"\r\ninclude:config <a.cfg>\r\n" +
            "account.1.label=  A = B \r\nlang.gui =\r\n")!;

        file.Includes.Should().Equal("y000000000108.cfg", "a.cfg");
        file.Settings.Should().Equal(KeyValuePair.Create("account.1.label", "A = B"), KeyValuePair.Create("lang.gui", string.Empty));
        file.Faults.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("account.1.enable = 1")]
    [InlineData("\n#!version:1.0.0.1\n")]
    [InlineData("#!version:1.0.0.1 \n")]
    [InlineData("\ufeff#!version:1.0.0.1\n")]
    [InlineData("<html>")]
    public void Parse_WithoutTheFirstLine_IsNoFile(string text) => YealinkConfigFile.Parse(text).Should().BeNull();

    [Theory]
    [InlineData("account.1.enable")]
    [InlineData("a b = 1")]
    [InlineData("= 1")]
    [InlineData("include:config y.cfg")]
    public void Parse_LineThatMakesNoSense_IsAFault(string line) =>
        YealinkConfigFile.Parse("#!version:1.0.0.1\n" + line)!.Faults.Should().ContainSingle().Which.Should().StartWith("line 2: ");

    [Fact]
    public void Apply_EmptyKeepsAndNullClears()
    {
        var settings = new PhoneSettings();
        settings.Apply(Read("a = 1\nb = 2\nc = 3"));

        settings.Apply(Read("a =\nb = %NULL%\nc = 4\nd = %NULL%"));

        (settings["a"], settings["b"], settings["c"], settings["d"]).Should().Be(("1", null, "4", null));
    }

    private static PhoneFile Read(string lines) =>
        new YealinkDialect().Read(new FetchedFile("any.cfg", System.Text.Encoding.UTF8.GetBytes("#!version:1.0.0.1\n" + lines)))!;
}
