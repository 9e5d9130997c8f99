using Microsoft.Identity.Client;

namespace SipGateway.Identity;

/// <summary>The library's and Entra's errors as sentences for the phone's screen and the admin.</summary>
internal static class EntraFailures
{
    public const string NotConfigured = "This tenant has no Microsoft Entra tenant and application set. Tell your administrator.";
    public const string OneTenant =
        "The Entra tenant must be a tenant's id or domain, not 'common', 'organizations' or 'consumers'. Tell your administrator.";
    public const string ApplicationUnknown =
        "Microsoft Entra does not know the gateway's application in this tenant (AADSTS700016). Tell your administrator.";
    public const string PublicClient =
        "The gateway's application must allow public client flows in Microsoft Entra (AADSTS7000218). Tell your administrator.";
    public const string ConditionalAccess =
        "A Conditional Access policy of your organisation blocked this sign-in. Tell your administrator to allow the device code flow for phones.";

    // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    private static readonly (string Code, string Failure)[] Known =
    [
        ("AADSTS700016", ApplicationUnknown),
        ("AADSTS7000218", PublicClient),
        ("AADSTS50020", SignInFailures.OtherTenant),
        ("AADSTS90072", SignInFailures.OtherTenant),
        ("AADSTS530036", ConditionalAccess),
        ("AADSTS53003", ConditionalAccess),
        ("AADSTS53000", ConditionalAccess),
        ("AADSTS53001", ConditionalAccess),
        ("AADSTS70020", SignInFailures.Expired),
    ];

    public static string Of(Exception exception) => exception switch
    {
        MsalException { ErrorCode: "authorization_declined" or "access_denied" } => SignInFailures.Denied,
        MsalException { ErrorCode: "code_expired" or "expired_token" or "bad_verification_code" } => SignInFailures.Expired,
        MsalServiceException service when Known.FirstOrDefault(k => Names(service.Message, k.Code)) is { Code: not null } known => known.Failure,
        MsalServiceException { StatusCode: >= 500 or 429 } or HttpRequestException or IOException or TimeoutException => SignInFailures.Unreachable,
        MsalException { ErrorCode: "request_timeout" or "service_not_available" or "endpoints_resolution_error" } => SignInFailures.Unreachable,
        MsalException other => SignInFailures.Refused(other.ErrorCode ?? ""),
        _ => SignInFailures.Unreachable,
    };

    private static bool Names(string message, string code) => message.Contains(code + ":", StringComparison.Ordinal);
}
