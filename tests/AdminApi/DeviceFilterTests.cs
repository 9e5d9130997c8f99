using CsCheck;
using SipGateway.Storage;

namespace SipGateway.AdminApi.Tests;

public sealed class DeviceFilterTests
{
    [Theory]
    [InlineData("state = \"SIGNED_IN\"", "State Equal SIGNED_IN")]
    [InlineData("state=signed_in", "State Equal SIGNED_IN")]
    [InlineData("location : \"Floor 1\"", "Location StartsWith Floor 1")]
    [InlineData("location=\"Fl*\"", "Location StartsWith Fl")]
    [InlineData("user != 'ada'", "UserId NotEqual ada")]
    [InlineData("mac = 00:15:65:AA:00:01", "Mac Equal 001565aa0001")]
    [InlineData("mac:00:15:65", "Mac StartsWith 001565")]
    [InlineData("create_time > \"2026-01-31T12:00:00Z\" AND connection=ONLINE",
        "CreateTime Greater 2026-01-31T12:00:00.0000000+00:00|Connection Equal ONLINE")]
    [InlineData("attention:*", "Attention Equal *")]
    [InlineData("attention:conflict", "Attention Equal CONFLICT")]
    [InlineData("attention != CODE_LOCKED", "Attention NotEqual CODE_LOCKED")]
    [InlineData("tags:*", "Tags Equal *")]
    [InlineData("tags:\"floor 1\"", "Tags Equal floor 1")]
    [InlineData("tags:lob*", "Tags StartsWith lob")]
    [InlineData("tags=lobby AND tags!=vip", "Tags Equal lobby|Tags NotEqual vip")]
    [InlineData("vendor=yealink model=T46S", "Vendor Equal yealink|Model Equal T46S")]
    [InlineData("", "")]
    public void Parse_Served_GivesTheTerms(string text, string expected)
    {
        var (filter, error) = DeviceFilterParser.Parse(text);

        error.Should().BeNull();
        string.Join('|', filter!.Terms.Select(t => $"{t.Field} {t.Operator} {t.Value}")).Should().Be(expected);
    }

    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("\"Floor 1\"", "Floor 1")]
    [InlineData("00:15:65:aa", "00:15:65:aa")]
    [InlineData("ada AND state=SIGNED_IN", "ada")]
    public void Parse_BareWord_IsLookedFor(string text, string word) => DeviceFilterParser.Parse(text).Filter!.Search.Should().Be(word);

    [Theory]
    [InlineData("state = \"x\"", 9)]
    [InlineData("color = red", 1)]
    [InlineData("state =", 8)]
    [InlineData("= 1", 1)]
    [InlineData("a b", 3)]
    [InlineData("vendor=x OR model=y", 10)]
    [InlineData("NOT vendor=x", 1)]
    [InlineData("AND vendor=x", 1)]
    [InlineData("vendor=x AND", 13)]
    [InlineData("(vendor=x)", 1)]
    [InlineData("vendor=\"x", 8)]
    [InlineData("vendor >= x", 8)]
    [InlineData("vendor < x", 10)]
    [InlineData("create_time = 2026-01-01", 15)]
    [InlineData("attention:nonsense", 11)]
    [InlineData("attention < CONFLICT", 13)]
    [InlineData("create_time > soon", 15)]
    public void Parse_NotServed_NamesThePosition(string text, int position)
    {
        var (filter, error) = DeviceFilterParser.Parse(text);

        filter.Should().BeNull();
        error!.Position.Should().Be(position, error.Message);
    }

    [Fact]
    public void Parse_AnyText_NeverThrowsAndAnswersOneOfTwo() => Gen.String.Sample(text =>
    {
        var (filter, error) = DeviceFilterParser.Parse(text);
        return (filter is null) != (error is null) && (error is null || (error.Position >= 1 && error.Message.Length > 0));
    });

    [Fact]
    public void Parse_TextOfFilterWords_NeverThrows()
    {
        string[] words = ["state", "=", "!=", ":", "<", ">", "AND", "OR", "\"", "'", "\\", " ", "x*", "(", "mac", "00:15"];
        Gen.Int[0, words.Length - 1].Select(i => words[i]).List[0, 12].Sample(picked =>
        {
            var (filter, error) = DeviceFilterParser.Parse(string.Concat(picked));
            return (filter is null) != (error is null);
        });
    }

    [Fact]
    public void Parse_QuotedValue_RoundTrips() => Gen.String[0, 50].Sample(value =>
    {
        var quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var (filter, _) = DeviceFilterParser.Parse($"location != \"{quoted}\"");
        return filter!.Terms.Single() == new DeviceFilterTerm(DeviceField.Location, FilterOperator.NotEqual, value.TrimEnd('*'));
    });

    [Theory]
    [InlineData("", DeviceField.Mac, false)]
    [InlineData("last_seen_time desc", DeviceField.LastSeen, true)]
    [InlineData("createTime", DeviceField.CreateTime, false)]
    public void Order_Served_IsRead(string text, DeviceField field, bool descending) =>
        DeviceOrder.Parse(text).Should().Be((field, descending, (string?)null));

    [Theory]
    [InlineData("nofield")]
    [InlineData("mac, state")]
    [InlineData("mac down")]
    [InlineData("connection")]
    [InlineData("attention")]
    public void Order_NotServed_SaysSo(string text) => DeviceOrder.Parse(text).Error.Should().NotBeNull();
}
