using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using SipGateway.Trust;
using KeyManagementOptions = Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SipGateway.Identity;

/// <summary>Puts the embedded directory into a host.</summary>
public static class EmbeddedDirectoryExtensions
{
    /// <summary>
    /// Registers the directory: an OpenID Connect server with the device grant (RFC 8628), its store and its page. The host registers a
    /// <see cref="KeyRing"/> and an Orleans <c>IGrainFactory</c>; passwords are asked of <c>IUserGrain</c>.
    /// </summary>
    /// <exception cref="OptionsValidationException">The options are wrong; the message says everything that is.</exception>
    public static IServiceCollection AddEmbeddedDirectory(this IServiceCollection services, EmbeddedDirectoryOptions options)
    {
        if (options.Validate() is { IsEmpty: false } errors)
        {
            throw new OptionsValidationException(nameof(EmbeddedDirectoryOptions), typeof(EmbeddedDirectoryOptions), errors);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<WrongTries>().AddSingleton<DirectoryUsers>().AddScoped<PairingCodes>().AddScoped<SignInPage>();
        services.AddSingleton<DirectoryStart>().AddHostedService(s => s.GetRequiredService<DirectoryStart>());
        services.AddSingleton<DirectoryPruning>().AddHostedService(s => s.GetRequiredService<DirectoryPruning>());
        AddFormKeys(services, options);
        AddServer(services, options);
        return services;
    }

    /// <summary>
    /// Maps <c>/signin</c> and, for the gateway itself, <c>/connect/device</c>, <c>/connect/token</c> and the two well-known documents.
    /// All are for the people's side: <c>app.MapEmbeddedDirectory().AnswersOn(Side.People)</c>. They answer over TLS only.
    /// </summary>
    public static RouteGroupBuilder MapEmbeddedDirectory(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        group.MapPost(DirectoryPaths.Device, (RequestDelegate)DirectoryPipeline.RunProtocolAsync);
        group.MapPost(DirectoryPaths.Token, (RequestDelegate)DirectoryPipeline.RunProtocolAsync);
        group.MapGet(DirectoryPaths.Configuration, (RequestDelegate)DirectoryPipeline.RunProtocolAsync);
        group.MapGet(DirectoryPaths.Keys, (RequestDelegate)DirectoryPipeline.RunProtocolAsync);
        group.MapMethods(DirectoryPaths.SignIn, [HttpMethods.Get, HttpMethods.Post], (RequestDelegate)DirectoryPipeline.RunPageAsync);
        group.MapGet(DirectoryPaths.Done, (RequestDelegate)(c => SignInPage.WriteEndAsync(c, done: true)));
        group.MapGet(DirectoryPaths.Denied, (RequestDelegate)(c => SignInPage.WriteEndAsync(c, done: false)));
        return group;
    }

    private static void AddFormKeys(IServiceCollection services, EmbeddedDirectoryOptions options)
    {
        var folder = Path.Combine(options.DataDirectory, "form-keys");
        PrivateDirectory.Create(options.DataDirectory);
        PrivateDirectory.Create(folder);
        services.AddDataProtection().SetApplicationName("sipgateway").PersistKeysToFileSystem(new DirectoryInfo(folder));
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((keys, ring) => keys.XmlEncryptor = new RingXmlEncryptor(ring));
        services.AddAntiforgery(o => o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
    }

    private static void AddServer(IServiceCollection services, EmbeddedDirectoryOptions options)
    {
        services.AddDbContext<DirectoryStore>(o => o.UseSqlite(DirectoryStoreFile.ConnectionString(options.DataDirectory)).UseOpenIddict());
        services.AddOptions<OpenIddictServerOptions>().Configure<KeyRing>(AddKeys);
        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<DirectoryStore>();
                core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, DirectoryClientStore>();
            })
            .AddServer(server =>
            {
                server.SetIssuer(options.Issuer)
                    .SetDeviceAuthorizationEndpointUris(DirectoryPaths.Device[1..])
                    .SetTokenEndpointUris(DirectoryPaths.Token[1..])
                    .SetEndUserVerificationEndpointUris(DirectoryPaths.SignIn[1..])
                    .SetConfigurationEndpointUris(DirectoryPaths.Configuration[1..])
                    .SetJsonWebKeySetEndpointUris(DirectoryPaths.Keys[1..]);
                server.AllowDeviceAuthorizationFlow().DisableAuthorizationStorage();
                server.RegisterScopes(Scopes.Profile, Scopes.Phone)
                    .RegisterClaims(Claims.Name, Claims.PhoneNumber, DeviceFacts.TenantClaim);
                server.SetDeviceCodeLifetime(options.CodeLifetime).SetUserCodeLifetime(options.CodeLifetime);
                server.SetUserCodeCharset([.. UserCode.Charset])
                    .SetUserCodeLength(UserCode.Length).SetUserCodeDisplayFormat(UserCode.DisplayFormat);
                server.AddEventHandler(RefuseRequestsPastEndpoints.Descriptor)
                    .AddEventHandler(AttachDeviceFacts.Descriptor)
                    .AddEventHandler(NormalizeUserCode.Descriptor);
                server.UseAspNetCore().EnableEndUserVerificationEndpointPassthrough();
            });
    }

    private static void AddKeys(OpenIddictServerOptions server, KeyRing ring)
    {
        foreach (var key in DirectoryKeys.Encryption(ring))
        {
            server.EncryptionCredentials.Add(new(key, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256KW,
                Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256CbcHmacSha512));
        }

        foreach (var key in DirectoryKeys.Signing(ring))
        {
            server.SigningCredentials.Add(new(key, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.EcdsaSha256));
        }
    }
}
