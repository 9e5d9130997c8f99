using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>An administrator's own settings, as templates list them.</summary>
internal static class PolicySettings
{
    /// <summary>Those with a name that this vendor's format can carry; the values are escaped like all others.</summary>
    /// <param name="facts">With the policy they stand in.</param>
    /// <param name="name">What a name looks like, anchored at both ends.</param>
    public static object SettingsNamed(this FileFacts facts, Regex name) =>
        facts.Policy.Settings.Where(setting => name.IsMatch(setting.Key)).Select(setting => new { setting.Key, setting.Value }).ToArray();
}
