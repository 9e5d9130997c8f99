using SipGateway.Sip.Transactions;

namespace SipGateway.Sip.Tests.Transactions;

/// <summary>
/// Reads a machine as a table: every phase × every input has exactly one row, and what is not listed must change nothing.
/// </summary>
internal static class TransactionTables
{
    public static readonly TransactionTimers Timers = TransactionTimers.Default;

    public static IEnumerable<TransactionInput> AllInputs =>
    [
        .. Enum.GetValues<TransactionInputKind>().Where(k => k != TransactionInputKind.TimerFired).Select(k => new TransactionInput(k)),
        .. Enum.GetValues<TransactionTimer>().Select(TransactionInput.Fired),
    ];

    public static string Describe(TransactionStep step) => $"{step.State.Phase}: {string.Join(", ", step.Effects)}".TrimEnd(' ', ':');

    /// <param name="step">The machine.</param>
    /// <param name="states">The states to try, by the name that rows use.</param>
    /// <param name="rows">Lines of <c>state | input | outcome</c>.</param>
    public static void Check(
        Func<TransactionState, TransactionInput, TransactionStep> step, Dictionary<string, TransactionState> states, string rows)
    {
        var expected = rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(r => r.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(r => (State: r[0], Input: r[1]), r => r[2]);
        foreach (var (name, state) in states)
        {
            foreach (var input in AllInputs)
            {
                var outcome = step(state, input);
                if (expected.Remove((name, input.ToString()), out var row))
                {
                    Describe(outcome).Should().Be(row, $"{name} meets {input}");
                }
                else
                {
                    outcome.State.Should().Be(state, $"{name} ignores {input}");
                    outcome.Effects.Should().BeEmpty($"{name} ignores {input}");
                }
            }
        }

        expected.Should().BeEmpty("every row names a state and an input that exist");
    }
}
