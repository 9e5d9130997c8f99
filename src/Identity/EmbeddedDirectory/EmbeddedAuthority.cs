using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>Sign-in at the embedded directory, over HTTPS like at any other server: the same code in one process and in a
/// cluster.</summary>
internal sealed class EmbeddedAuthority(
    HttpClient http, EmbeddedAuthorityOptions options, KeyRing ring, TimeProvider time, ILogger<EmbeddedAuthority> logger)
    : OidcDeviceAuthority(http, new(DirectoryClient.Id, DirectoryKeys.ClientSecret(ring), DirectoryClient.Scope), options.Limits,
        ring, time, logger)
{
    private readonly KeyRing ring = ring;

    public override SignInAuthorityKind Kind => SignInAuthorityKind.Embedded;

    protected override Uri BaseAddress => options.BaseAddress!();

    protected override string? ExpectedIssuer => options.Issuer.AbsoluteUri;

    protected override IEnumerable<KeyValuePair<string, string>> CodeParameters(SignInAttempt attempt) =>
        [new(DeviceFacts.Parameter, DeviceFacts.Of(attempt).Lock(ring))];

    protected override (string Uri, string Complete) VerificationAddress(DeviceCodeReply reply)
    {
        var page = options.SignInAddress?.Invoke() ?? new Uri(options.BaseAddress!(), DirectoryPaths.SignIn[1..]);
        return (page.AbsoluteUri, $"{page.AbsoluteUri}?user_code={Uri.EscapeDataString(reply.UserCode)}");
    }
}
