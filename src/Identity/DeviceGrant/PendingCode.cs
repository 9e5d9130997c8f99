using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>A code that is being polled: what another process needs to go on.</summary>
internal sealed record PendingCode(string DeviceCode, double IntervalSeconds, DateTimeOffset ExpiresAtUtc)
{
    /// <summary>Names nothing: the device code is a secret.</summary>
    public override string ToString() => "PendingCode";

    public string Lock(KeyRing ring, SignInAttempt attempt) => SecretBox.Lock(ring, JsonSerializer.Serialize(this), Place(attempt));

    /// <summary>Null when it was changed, is another attempt's, or its key is gone.</summary>
    public static PendingCode? Unlock(KeyRing ring, SignInAttempt attempt)
    {
        try
        {
            return SecretBox.Unlock(ring, attempt.ResumeHandle, Place(attempt)) is { } json
                ? JsonSerializer.Deserialize<PendingCode>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Place(SignInAttempt attempt) => $"signin/{attempt.Mac}/{attempt.AttemptId}";
}
