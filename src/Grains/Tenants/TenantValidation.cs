using System.Net;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>What is wrong with a tenant's values; every error at once, each a sentence that names the field.</summary>
internal static partial class TenantValidation
{
    public static bool IsTenantName(string name) => TenantName().IsMatch(name);

    public static IEnumerable<string> ErrorsOf(TenantSettings settings)
    {
        if (settings.CodeDigits is < 6 or > 9) yield return $"codeDigits is {settings.CodeDigits}; a code has 6 to 9 digits.";
        if (settings.CodeLifetime < TimeSpan.FromMinutes(1) || settings.CodeLifetime > TimeSpan.FromDays(30))
            yield return "codeLifetime must be from 1 minute to 30 days.";
        if (!IsStaleTime(settings.StaleSignedIn)) yield return "staleSignedIn must be from 1 hour to 3650 days.";
        if (!IsStaleTime(settings.StaleSignedOut)) yield return "staleSignedOut must be from 1 hour to 3650 days.";
        if (!Enum.IsDefined(settings.PersonalSignIn)) yield return "personalSignIn must be off, trusted or any.";
        if (!Enum.IsDefined(settings.Authority)) yield return "authority must be embedded or entra.";
        if (!Enum.IsDefined(settings.CompatibilityGate)) yield return "compatibilityGate must be allow, warn or refuse.";
        if (settings.Region.Length > 0 && !RegionName.IsValid(settings.Region)) yield return $"region: '{Shown(settings.Region)}' is not {RegionName.Form}.";
        if (settings.TrustedRanges.IsDefault || settings.TrustedRanges.Length > TenantLimits.MaxTrustedRanges)
        {
            yield return $"trustedRanges has more than {TenantLimits.MaxTrustedRanges} entries.";
        }
        else
        {
            foreach (var range in settings.TrustedRanges.Where(r => !IPNetwork.TryParse(r, out _)))
            {
                yield return $"trustedRanges: '{Shown(range)}' is no CIDR range such as 10.1.0.0/16.";
            }
        }

        if (settings.Authority == SignInAuthorityKind.Entra)
        {
            if (!EntraTenant().IsMatch(settings.EntraTenantId))
                yield return "entraTenantId must be the directory's id (a GUID) or one of its domain names.";
            if (!Guid.TryParse(settings.EntraClientId, out _)) yield return "entraClientId must be the application's id (a GUID).";
        }
    }

    public static IEnumerable<string> ErrorsOf(NamedPolicy named)
    {
        var policy = named.Policy;
        if (!ResourceId().IsMatch(named.PolicyId)) yield return "policyId must be 1 to 63 letters, digits, dots, dashes or underscores.";
        if (!IsText(named.DisplayName, 100)) yield return "displayName must be at most 100 printable characters.";
        if (policy.Language is { } language && !Language().IsMatch(language))
            yield return $"language: '{Shown(language)}' is not two letters such as de.";
        if (policy.TimeZone is { } zone && !IsTimeZone(zone)) yield return $"timeZone: '{Shown(zone)}' is no IANA name such as Europe/Berlin.";
        if (policy.NtpServer is { } ntp && !IsHost(ntp))
        {
            yield return $"ntpServer: '{Shown(ntp)}' is no host name or address.";
        }

        if (policy.PhoneAdminPassword is { } password && !Password().IsMatch(password))
        {
            yield return "phoneAdminPassword must be 1 to 64 printable ASCII characters without blanks and quotes.";
        }

        if (named.Models.IsDefault || named.Models.Length > TenantLimits.MaxModels) yield return $"models has more than {TenantLimits.MaxModels} entries.";
        else
        {
            foreach (var model in named.Models.Where(m => !Model().IsMatch(m)))
                yield return $"models: '{Shown(model)}' is no vendor and model such as yealink/T46S or yealink/*.";
        }

        if (policy.FirmwareChannel is { } channel && !Channel().IsMatch(channel))
            yield return $"firmwareChannel: '{Shown(channel)}' is not 1 to 32 lower-case letters, digits, dots, dashes or underscores such as stable.";

        if (policy.ToneCountry is { } country && !Country().IsMatch(country))
            yield return $"toneCountry: '{Shown(country)}' is no country of two capital letters such as DE.";

        foreach (var error in EmergencyErrors(policy).Concat(SettingErrors(policy))) yield return error;
    }

    public static IEnumerable<string> ErrorsOf(Site site, TenantState state)
    {
        if (!ResourceId().IsMatch(site.SiteId)) yield return "siteId must be 1 to 63 letters, digits, dots, dashes or underscores.";
        if (!IsText(site.DisplayName, 100)) yield return "displayName must be at most 100 printable characters.";
        if (site.PolicyId.Length > 0 && !state.Policies.ContainsKey(site.PolicyId))
            yield return $"policyId: there is no policy '{Shown(site.PolicyId)}'. Make it first.";
    }

    private static IEnumerable<string> EmergencyErrors(PhonePolicy policy)
    {
        if (policy.EmergencyNumbers is not { } numbers) yield break;
        if (numbers.IsDefault || numbers.Length > TenantLimits.MaxEmergencyNumbers)
            yield return $"emergencyNumbers has more than {TenantLimits.MaxEmergencyNumbers} entries.";
        else
        {
            foreach (var number in numbers.Where(n => !EmergencyNumber().IsMatch(n)))
                yield return $"emergencyNumbers: '{Shown(number)}' is not 2 to 15 digits.";
        }
    }

    // A value ends up in a phone's file, so a line break in it would be a line of its own there.
    private static IEnumerable<string> SettingErrors(PhonePolicy policy)
    {
        if (policy.Settings is not { } settings) yield break;
        if (settings.Count > TenantLimits.MaxSettings) yield return $"settings has more than {TenantLimits.MaxSettings} entries.";
        foreach (var (key, value) in settings)
        {
            if (!SettingKey().IsMatch(key))
                yield return $"settings: the key '{Shown(key)}' is not a letter or digit with up to 99 of these or . _ - / : @ # [ ], blanks between.";
            if (SettingSchema.ErrorOf(key, value) is { } error) yield return $"settings: {error}";
            if (!IsText(value, TenantLimits.MaxSettingLength))
                yield return $"settings: the value of '{Shown(key)}' is longer than {TenantLimits.MaxSettingLength} or not printable.";
        }
    }

    // A machine without time zone data knows none of them; then the shape must do.
    private static bool IsTimeZone(string zone) => ZoneShape().IsMatch(zone)
        && (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) || !TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _));

    // Uri.CheckHostName lets blanks and half characters through.
    private static bool IsHost(string host) =>
        host.Length <= 253 && (HostName().IsMatch(host) || (Ipv6().IsMatch(host) && IPAddress.TryParse(host, out _)));

    private static bool IsStaleTime(TimeSpan time) => time >= TimeSpan.FromHours(1) && time <= TimeSpan.FromDays(3650);

    private static bool IsText(string text, int maxLength) => text.Length <= maxLength && !text.Any(char.IsControl);

    private static string Shown(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(60));

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex TenantName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex ResourceId();

    [GeneratedRegex(@"\A[a-z]{2}\z")]
    private static partial Regex Language();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex Country();

    [GeneratedRegex(@"\A[A-Za-z0-9_+-]{1,32}(?:/[A-Za-z0-9_+-]{1,32}){0,2}\z")]
    private static partial Regex ZoneShape();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"\A[0-9A-Fa-f:.]{2,45}\z")]
    private static partial Regex Ipv6();

    [GeneratedRegex(@"\A[!#-&(-~]{1,64}\z")]
    private static partial Regex Password();

    [GeneratedRegex(@"\A[a-z]{2,20}/(?:\*|[A-Za-z0-9_. -]{1,40})\z")]
    private static partial Regex Model();

    [GeneratedRegex(@"\A\+?[0-9]{2,15}\z")]
    private static partial Regex EmergencyNumber();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,31}\z")]
    private static partial Regex Channel();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:@#\[\]/ -]{0,99}(?<! )\z")]
    private static partial Regex SettingKey();

    [GeneratedRegex(@"\A(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)\z")]
    private static partial Regex EntraTenant();
}
