using System.Reflection;

namespace SipGateway.Journeys.Tests.Registrar;

/// <summary>Every rule of the list has a test that carries its id, and every id is of a rule.</summary>
public sealed class RegistrarRuleListTests
{
    [Fact]
    public async Task Rules_OfTheList_HaveATestEach()
    {
        var rows = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Registrar", "registrar-rules.tsv"));
        var rules = rows.Skip(1).Where(r => r.Length > 0).Select(r => r.Split('\t')[0]).ToList();
        rules.Should().HaveCount(40);
        Tested().Distinct().Order().Should().Equal(rules.Order());
    }

    private static IEnumerable<string> Tested() =>
        from type in typeof(RegistrarRuleListTests).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttributes<FactAttribute>().Any(f => f.Skip is null)
        from trait in method.GetCustomAttributes<TraitAttribute>()
        where trait.Name == "rule"
        select trait.Value;
}
