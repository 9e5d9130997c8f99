using System.Text.Json;

namespace SipGateway.Identity;

/// <summary>The answer of the device authorization endpoint (RFC 8628 §3.2).</summary>
internal sealed record DeviceCodeReply(
    string DeviceCode, string UserCode, string VerificationUri, string VerificationUriComplete, TimeSpan ExpiresIn, TimeSpan? Interval)
{
    /// <summary>Names nothing: the device code is a secret.</summary>
    public override string ToString() => "DeviceCodeReply";

    /// <summary>Null when it is not such an answer.</summary>
    public static DeviceCodeReply? Read(JsonElement root)
    {
        var deviceCode = Text(root, "device_code");
        var userCode = Text(root, "user_code");

        // Google's servers say verification_url; so does the draft that RFC 8628 grew from.
        var address = Text(root, "verification_uri") is { Length: > 0 } uri ? uri : Text(root, "verification_url");
        return deviceCode.Length == 0 || userCode.Length == 0 || address.Length == 0 || Seconds(root, "expires_in") is not { } expiresIn
            ? null
            : new(deviceCode, userCode, address, Text(root, "verification_uri_complete"), expiresIn, Seconds(root, "interval"));
    }

    internal static string Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()! : "";

    // A number that came as text is still a number; servers that do so exist.
    private static TimeSpan? Seconds(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out var value))
        {
            return null;
        }

        double seconds;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out seconds),
            JsonValueKind.String => double.TryParse(
                value.GetString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out seconds),
            _ => (seconds = 0) > 0,
        };
        return isNumber && seconds is > 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
