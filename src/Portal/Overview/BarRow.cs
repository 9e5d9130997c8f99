namespace SipGateway.Portal;

/// <summary>One bar.</summary>
/// <param name="Label">What is counted.</param>
/// <param name="Path">Where those that are counted are listed; null for nowhere.</param>
/// <param name="Count">How many.</param>
/// <param name="Tone"><c>good</c>, <c>wait</c>, <c>bad</c>, <c>info</c>, <c>dull</c> or empty.</param>
public sealed record BarRow(string Label, string? Path, long Count, string Tone = "");
