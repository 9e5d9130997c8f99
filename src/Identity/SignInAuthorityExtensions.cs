using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>Registers the places where users sign in.</summary>
public static class SignInAuthorityExtensions
{
    /// <summary>
    /// Registers one <see cref="ISignInAuthority"/> for each kind a tenant can choose, and an <see cref="ITokenCacheStore"/> in files
    /// unless the host
    /// registered another. The host registers the <see cref="KeyRing"/>.
    /// </summary>
    /// <exception cref="OptionsValidationException">The options are wrong; the message says everything that is.</exception>
    public static IServiceCollection AddSignInAuthorities(this IServiceCollection services, IdentityOptions options)
    {
        if (options.Validate() is { IsEmpty: false } errors)
        {
            throw new OptionsValidationException(nameof(IdentityOptions), typeof(IdentityOptions), errors);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITokenCacheStore>(_ => new FileTokenCacheStore(options.DataDirectory));
        services.AddSingleton(options.Embedded).AddSingleton(options.Entra);
        services.AddSingleton<EntraTokenCache>();
        services.AddSingleton<ISignInAuthority, EntraAuthority>();
        services.AddSingleton<ISignInAuthority>(s => new EmbeddedAuthority(
            MakeClient(options.Embedded), options.Embedded, s.GetRequiredService<KeyRing>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<EmbeddedAuthority>>()));
        return services;
    }

    // One client for the life of the process. An answer of the directory is a few kilobytes; what is longer is not one.
    private static HttpClient MakeClient(EmbeddedAuthorityOptions options) => new(
        options.HandlerFactory?.Invoke() ?? PrivateTrustHandler.Create(options.ConnectTo, options.TrustedRoots))
    {
        MaxResponseContentBufferSize = 256 * 1024,
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
