using SipGateway.Grains.Devices;

namespace SipGateway.Grains.Tests.Devices;

public sealed class TagRulesTests
{
    [Theory]
    [InlineData("", "Lobby", "", "lobby")]
    [InlineData("lobby", " LOBBY ,vip", "", "lobby,vip")]
    [InlineData("lobby,vip", "", "Vip,gone", "lobby")]
    [InlineData("lobby", "a,b", "a", "b,lobby")]
    [InlineData("", "floor 1.b_2-c", "", "floor 1.b_2-c")]
    [InlineData("", "Straße,東京,मुंबई", "", "straße,मुंबई,東京")]
    public void Change_Good_GivesThemInLowerCaseAndOrder(string has, string add, string remove, string expected)
    {
        var (tags, refused) = TagRules.Change(Split(has), Split(add), Split(remove));

        refused.Should().BeNull();
        tags.Should().Equal(Split(expected));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("*")]
    [InlineData("a\"b")]
    [InlineData("a,b")]
    [InlineData("a\nb")]
    [InlineData("<b>")]
    [InlineData("=1+1")]
    [InlineData("\u202Eabc")]
    [InlineData("\uD800")]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    public void Change_WhatIsNoTag_IsRefusedAndSaysWhatOneIs(string wrong)
    {
        TagRules.Change([], [wrong], []).Refused!.Reason.Should().Be("TAG_INVALID");
        var refused = TagRules.Change(["lobby"], [], [wrong]).Refused!;
        refused.Message.Should().Contain("25 letters").And.NotContain("uvwxyz", "what is too long is cut");
    }

    [Fact]
    public void Change_MoreThanTwenty_IsRefused_ButNotATwentiethForAnother()
    {
        var twenty = Enumerable.Range(0, 20).Select(n => $"t{n:00}").ToArray();

        TagRules.Change(twenty, ["more"], []).Refused!.Reason.Should().Be("TOO_MANY_TAGS");
        TagRules.Change(twenty, ["more"], ["t07"]).Tags.Should().HaveCount(20).And.Contain("more");
    }

    private static string[] Split(string tags) => tags.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
