using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>What is wrong with a user's values; every error at once.</summary>
internal static partial class UserValidation
{
    public static IEnumerable<string> ErrorsOf(UserProfile profile, UserKey key)
    {
        if (!UserId().IsMatch(profile.UserId)) yield return "userId must be 1 to 100 letters, digits or . _ - @ +.";
        else if (!string.Equals(profile.UserId, key.UserId, StringComparison.OrdinalIgnoreCase))
            yield return $"userId is '{profile.UserId}', but the request names '{key.UserId}'.";
        foreach (var error in ErrorsOf(profile.DisplayName, profile.PhoneNumber, profile.PolicyId)) yield return error;
    }

    public static IEnumerable<string> ErrorsOf(string? displayName, string? phoneNumber, string? policyId)
    {
        if (displayName is { } name && (name.Length > UserLimits.MaxDisplayNameLength || name.Any(char.IsControl)))
        {
            yield return $"displayName must be at most {UserLimits.MaxDisplayNameLength} printable characters.";
        }

        if (phoneNumber is { } number && !PhoneNumberText.TryNormalize(number, out _))
        {
            yield return "phoneNumber must be an international number with its country code, such as +493012345.";
        }

        if (policyId is { Length: > 63 }) yield return "policyId must be at most 63 characters.";
    }

    /// <summary>
    /// What an identity provider may call somebody: no more than its accounts need (<c>ann@contoso.com</c>, <c>auth0|5f7c</c>, letters of any
    /// script), because the name becomes a grain's key, a path of the API and a line of the audit log.
    /// </summary>
    public static bool IsAccountName(string name) => name.Length is > 0 and <= UserLimits.MaxAccountNameLength
        && name.All(c => char.IsLetterOrDigit(c) || "._@+-|#~!$=:".Contains(c, StringComparison.Ordinal));

    public static CommandOutcome? PasswordError(string? password) => password switch
    {
        null or "" => null,
        { Length: < UserLimits.MinPasswordLength or > UserLimits.MaxPasswordLength } => Refusal.Invalid(
            "PASSWORD_INVALID",
            $"The password must have {UserLimits.MinPasswordLength} to {UserLimits.MaxPasswordLength} characters."),
        _ => null,
    };

    public static bool IsDialable(string number) => Dialable().IsMatch(number);

    [GeneratedRegex(@"\A[A-Za-z0-9._@+-]{1,100}\z")]
    private static partial Regex UserId();

    [GeneratedRegex(@"\A\+?[0-9*#]{1,32}\z")]
    private static partial Regex Dialable();
}
