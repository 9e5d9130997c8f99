using System.Text.RegularExpressions;

namespace SipGateway.Grains.Interfaces;

/// <summary>Which values nobody is shown but the phone that needs them.</summary>
public static partial class SecretValues
{
    /// <summary>What is shown instead; sent back, it leaves the value as it is.</summary>
    public const string Mask = "********";

    // Grandstream's and Htek's passwords have numbers for names: P2 admin, P196 user, P34 SIP, P1359 configuration.
    private static readonly HashSet<string> Numbered = new(["P2", "P196", "P34", "P1359", "P1361"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a vendor's key holds a secret, by its name: a secret too many is masked rather than one too few.</summary>
    /// <param name="key">Such as <c>static.auto_provision.server.password</c>.</param>
    public static bool IsSecret(string key) => Numbered.Contains(key) || SecretName().IsMatch(key);

    /// <summary>The value as it is shown.</summary>
    /// <param name="key">A vendor's key.</param>
    /// <param name="value">Its value; an empty one is no secret.</param>
    public static string Shown(string key, string value) => value.Length > 0 && IsSecret(key) ? Mask : value;

    [GeneratedRegex("pass(?:word|wd|phrase)?|pwd|pswd|secret|aes_?key|psk|private_?key|credential", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
