using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Identity;

/// <summary>How the gateway reaches its embedded directory.</summary>
public sealed record EmbeddedAuthorityOptions
{
    /// <summary>
    /// The directory's address with a trailing slash, such as <c>https://gateway.example:8443/</c>: the name its certificate is for.
    /// Asked at each
    /// sign-in, because a port may be known only after the listener opened. Required.
    /// </summary>
    public Func<Uri>? BaseAddress { get; init; }

    /// <summary>
    /// Where to connect instead of resolving the name in <see cref="BaseAddress"/>; the loopback listener in one process, the admin host
    /// in a
    /// cluster. Null: resolve the name. Asked at each new connection.
    /// </summary>
    public Func<EndPoint>? ConnectTo { get; init; }

    /// <summary>Where people go with the code (<c>--signin-url</c>). Null: <c>signin</c> under <see cref="BaseAddress"/>.</summary>
    public Func<Uri>? SignInAddress { get; init; }

    /// <summary>The directory's issuer; the same as in <see cref="EmbeddedDirectoryOptions.Issuer"/>.</summary>
    public Uri Issuer { get; init; } = new EmbeddedDirectoryOptions().Issuer;

    /// <summary>Private CAs to trust beside the system's: the gateway's own. Asked at each new connection. Null: none.</summary>
    public Func<X509Certificate2Collection>? TrustedRoots { get; init; }

    /// <summary>Makes the HTTP handler; replaces <see cref="ConnectTo"/> and <see cref="TrustedRoots"/>. Null: one that follows
    /// them.</summary>
    public Func<HttpMessageHandler>? HandlerFactory { get; init; }

    /// <summary>The bounds of polling. Default: every second, because the directory is ours.</summary>
    public DeviceGrantLimits Limits { get; init; } = new() { IntervalWhenAbsent = TimeSpan.FromSeconds(1) };

    internal IEnumerable<string> Validate()
    {
        if (BaseAddress is null)
        {
            yield return "Embedded: BaseAddress is not set; say where the embedded directory answers.";
        }

        if (!Issuer.IsAbsoluteUri || Issuer.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"Embedded: the issuer '{Issuer}' is not an absolute https address.";
        }

        foreach (var error in Limits.Validate("Embedded"))
        {
            yield return error;
        }
    }
}
