using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SipGateway.Identity.Tests;

public sealed class SignInHtmlTests(DirectoryFixture fixture) : IClassFixture<DirectoryFixture>
{
    [Fact]
    public async Task EveryPage_IsWholeWithoutScriptOrAnythingFromElsewhere()
    {
        foreach (var page in await AllPagesAsync("en"))
        {
            page.Html.Should().MatchRegex("<html lang=\"en\">").And.Contain("name=\"viewport\"").And.Contain("<main>");
            Regex.Count(page.Html, "<h1>").Should().Be(1);
            page.Html.Should().NotContain("<script").And.NotContain("://").And.NotContain(" src=").And.NotContain(" style=").And.NotMatchRegex("\\son[a-z]+=");
            var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
            var style = Regex.Match(page.Html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
            policy.Should().StartWith("default-src 'none'; ").And.NotContain("unsafe").And.Contain("frame-ancestors 'none'").And.Contain("form-action 'self'");
            policy.Should().Contain($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
            page.Response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            page.Response.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
            page.Response.Headers.CacheControl!.NoStore.Should().BeTrue();
        }
    }

    [Fact]
    public async Task EveryField_HasALabelAndErrorsAreAnnounced()
    {
        foreach (var page in await AllPagesAsync("en"))
        {
            foreach (var input in Regex.Matches(page.Html, "<input[^>]*>").Select(m => m.Value).Where(i => !i.Contains("type=\"hidden\"")))
            {
                var id = Regex.Match(input, " id=\"([^\"]+)\"").Groups[1].Value;
                page.Html.Should().Contain($"<label for=\"{id}\">");
                input.Should().Contain("autocomplete=");
                if (page.Error.Length > 0)
                {
                    input.Should().Contain("aria-invalid=\"true\"").And.MatchRegex("aria-describedby=\"error( hint)?\"");
                    page.Html.Should().Contain("role=\"alert\" id=\"error\"").And.Contain("<title>Error: ");
                }
            }
        }
    }

    [Theory]
    [InlineData("de-AT,en;q=0.5", "de")]
    [InlineData("es-MX", "es")]
    [InlineData("xx,fr;q=0.8,en;q=0.5", "fr")]
    [InlineData("en;q=0.1,pt-BR", "pt")]
    [InlineData("ja", "ja")]
    [InlineData("sv", "en")]
    [InlineData("de;q=0,en", "en")]
    public async Task Language_FollowsTheBrowser(string accepted, string expected)
    {
        using var browser = fixture.Host.Browse(accepted);

        var page = await browser.GetAsync("signin");

        page.Html.Should().Contain($"<html lang=\"{expected}\">");
        page.Response.Content.Headers.ContentLanguage.Should().Equal(expected);
        page.Heading.Should().Be(PageText.All.Single(t => t.Language == expected).CodeHeading);
    }

    [Fact]
    public async Task OtherLanguages_GoThroughTheWholePage()
    {
        foreach (var language in new[] { "de", "ja" })
        {
            foreach (var page in await AllPagesAsync(language))
            {
                page.Html.Should().Contain($"<html lang=\"{language}\">");
            }
        }
    }

    [Fact]
    public void Languages_SayEverySentenceInTheirOwnWords()
    {
        var sentences = typeof(PageText).GetProperties()
            .Where(p => p.PropertyType == typeof(string) && p.Name is not ("Language" or "Error" or "Title")).ToList();
        foreach (var text in PageText.All.Where(t => t.Language != "en"))
        {
            foreach (var sentence in sentences)
            {
                var own = (string)sentence.GetValue(text)!;
                own.Should().NotBeNullOrWhiteSpace();
                own.Should().NotBe((string)sentence.GetValue(PageTexts.English)!, $"{text.Language} {sentence.Name}");
            }
        }
    }

    [Theory]
    [InlineData("paper", "ink", 4.5)]
    [InlineData("paper", "soft", 4.5)]
    [InlineData("paper", "deed", 4.5)]
    [InlineData("paper", "bad", 4.5)]
    [InlineData("deed", "on-deed", 4.5)]
    [InlineData("paper", "line", 3)]
    public void Colours_HaveTheContrastOfWcag_InBothSchemes(string one, string other, double least)
    {
        var ones = Regex.Matches(SignInStyle.Css, $"--{one}:#([0-9a-f]+)");
        var others = Regex.Matches(SignInStyle.Css, $"--{other}:#([0-9a-f]+)");
        ones.Count.Should().Be(2);
        for (var scheme = 0; scheme < 2; scheme++)
        {
            Contrast(ones[scheme].Groups[1].Value, others[scheme].Groups[1].Value).Should().BeGreaterThanOrEqualTo(least);
        }
    }

    private async Task<List<Page>> AllPagesAsync(string language)
    {
        await using var steps = new Steps(fixture.Host.Authority, Steps.Attempt());
        var code = (await steps.CodeAsync()).UserCode;
        using var browser = fixture.Host.Browse(language);
        var phone = await browser.GetAsync("signin?user_code=" + code);
        var form = await browser.SubmitAsync(phone, ("answer", "yes"));
        return
        [
            await browser.GetAsync("signin"), await browser.GetAsync("signin?user_code=x"), phone, form,
            await browser.SubmitAsync(form, ("username", "u" + Guid.NewGuid().ToString("N")), ("password", "wrong")),
            await browser.GetAsync("signin/done"), await browser.GetAsync("signin/denied"),
        ];
    }

    // WCAG 2.2, "relative luminance" and "contrast ratio".
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var wide = hex.Length == 3 ? string.Concat(hex.Select(c => $"{c}{c}")) : hex;
        double[] parts = [.. Enumerable.Range(0, 3).Select(i => int.Parse(wide.AsSpan(2 * i, 2), NumberStyles.HexNumber) / 255.0)
            .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}
