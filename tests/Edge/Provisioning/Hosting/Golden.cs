using System.Text.RegularExpressions;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Rendered files as they are released; what is random or chosen by the machine is named, not shown.</summary>
internal static partial class Golden
{
    public static void Check(string name, string text, ProvisioningServer server, string mac = "")
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream(name);
        stream.Should().NotBeNull($"{name} is a golden file");
        using var reader = new StreamReader(stream);
        var shown = Normalize(text, server);
        (mac.Length > 0 ? shown.Replace(mac, "MAC", StringComparison.Ordinal) : shown).Should().Be(reader.ReadToEnd());
    }

    public static string Normalize(string text, ProvisioningServer server)
    {
        text = text.Replace($":{server.HttpsPort}/", ":HTTPS/", StringComparison.Ordinal).Replace($":{server.HttpPort}/", ":HTTP/", StringComparison.Ordinal);
        text = Token().Replace(text, "/$1/TOKEN/");
        text = User().Replace(text, "$1 = CANDIDATE");
        return Secret().Replace(text, "$1 = SECRET");
    }

    [GeneratedRegex("/([ds])/[A-Za-z0-9_-]{40,60}/")]
    private static partial Regex Token();

    [GeneratedRegex("(user_name|auth_name) = c[a-z0-9]{56}", RegexOptions.IgnoreCase)]
    private static partial Regex User();

    [GeneratedRegex("(account.1.password) = [0-9a-f]{32}")]
    private static partial Regex Secret();
}
