using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.PhoneSimulator;

/// <summary>Which phone it is and what network it stands in. What it learns goes to <see cref="PhoneMemory"/>.</summary>
public sealed record PhoneOptions
{
    /// <summary>12 hex digits in any notation.</summary>
    public required string Mac { get; init; }

    /// <summary>What DHCP option 66 says: the provisioning URL. Null: the network says nothing.</summary>
    public Uri? ProvisioningUrl { get; init; }

    /// <summary>Its address on the network where it looks for a server by multicast (SIP PnP), when DHCP says nothing. Default: null, it does not.</summary>
    public IPAddress? PlugAndPlayAddress { get; init; }

    /// <summary>The port that it asks there. Default: 5060.</summary>
    public int PlugAndPlayPort { get; init; } = 5060;

    /// <summary>How long it waits until it asks again, five times in all. Default: 1 s.</summary>
    public TimeSpan PlugAndPlayPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whose phone it is. Default: yealink.</summary>
    public string Vendor { get; init; } = "yealink";

    /// <summary>The model. Default: the vendor's usual one, such as Yealink's T46U.</summary>
    public string Model { get => field.Length > 0 ? field : Dialect.UsualModel; init; } = "";

    /// <summary>The firmware; of a Yealink what follows the model's number, e.g. <c>86.0.15</c>. Default: one that such a model has.</summary>
    public string Release { get => field.Length > 0 ? field : Dialect.UsualRelease; init; } = "";

    /// <summary>The phone's own address. Default: null, the one from which the server is reached.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>The factory certificate with its key, shown to servers that ask. Default: null, none.</summary>
    public X509Certificate2? FactoryCertificate { get; init; }

    /// <summary>Issuers that it sends along with its factory certificate, the nearest first. Default: none.</summary>
    public IReadOnlyList<X509Certificate2> FactoryIssuers { get; init; } = [];

    /// <summary>Server CAs that it knows from the factory, as PEM; a configuration's CA replaces them. Default: null, none.</summary>
    public string? FactoryTrustPem { get; init; }

    /// <summary>What it does with a NOTIFY. Default: obeys.</summary>
    public NotifyObedience Notifies { get; init; } = NotifyObedience.Obeys;

    /// <summary>How long a reboot takes. Default: nothing; real phones take one to two minutes.</summary>
    public TimeSpan RebootDuration { get; init; } = TimeSpan.Zero;

    /// <summary>How long it waits after a failed registration, unless the answer has Retry-After. Default: 30 s, as Yealink.</summary>
    public TimeSpan RegistrationRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one HTTP request may take. Default: 10 s.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of its timers. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whose phones this simulator can be.</summary>
    public static IReadOnlyList<string> KnownVendors => PhoneDialect.Names;

    /// <summary>The MAC as 12 lower-case hex digits.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal string MacDigits => string.Concat(Mac.Where(c => c is not (':' or '-' or '.'))).ToLowerInvariant() is { Length: 12 } digits
        && digits.All(char.IsAsciiHexDigit) ? digits : throw new FormatException($"'{Mac}' is no MAC address: 12 hex digits are needed.");

    internal PhoneDialect Dialect => PhoneDialect.Of(Vendor);
}
