using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>
/// How one vendor's phones behave, whole: what they call themselves, which files they ask for in which order, how they read them, and what they
/// make of a NOTIFY. Each reads its vendor's format with a parser of its own, written from the vendor's words and not from this gateway's templates.
/// </summary>
internal abstract class PhoneDialect
{
    private static readonly Dictionary<string, PhoneDialect> All = typeof(PhoneDialect).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(PhoneDialect)))
        .Select(type => (PhoneDialect)Activator.CreateInstance(type)!)
        .ToDictionary(dialect => dialect.Vendor, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every vendor's name, in order.</summary>
    public static IReadOnlyList<string> Names => [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The vendor's name, as the gateway knows it.</summary>
    public abstract string Vendor { get; }

    /// <summary>The model when nobody chose one.</summary>
    public abstract string UsualModel { get; }

    /// <summary>The firmware when nobody chose one.</summary>
    public abstract string UsualRelease { get; }

    /// <summary>The dialect of a vendor.</summary>
    /// <exception cref="ArgumentException">It is none that this simulator knows.</exception>
    public static PhoneDialect Of(string vendor) => All.GetValueOrDefault(vendor) ?? throw new ArgumentException(
        $"'{vendor}' is no vendor this simulator knows: {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}.", nameof(vendor));

    /// <summary>The user agent of HTTP requests.</summary>
    public abstract string HttpUserAgent(PhoneOptions options, PhoneSettings settings);

    /// <summary>The user agent of SIP requests.</summary>
    public abstract string SipUserAgent(PhoneOptions options);

    /// <summary>What of the phone's settings matters to everything else.</summary>
    public abstract PhoneProfile Profile(PhoneSettings settings, PhoneOptions options);

    /// <summary>How the phone looks for its server by multicast; null when it does not.</summary>
    public virtual PlugAndPlayWords? PlugAndPlay(PhoneOptions options) => null;

    /// <summary>Fetches the files of the boot order.</summary>
    /// <returns>What to apply, in order; null when the phone gives up, the reason told to <see cref="BootFiles.Fail"/>.</returns>
    public abstract Task<IReadOnlyList<FetchedFile>?> FetchAsync(BootFiles files, PhoneOptions options, CancellationToken cancellation);

    /// <summary>Reads a file.</summary>
    /// <returns>Null when the phone throws it away as a whole.</returns>
    public abstract PhoneFile? Read(FetchedFile file);

    /// <summary>Reads a page of the phone's browser.</summary>
    /// <returns>Null when it is none: the phone shows an error.</returns>
    public abstract PhoneScreen? ReadScreen(byte[] content);

    /// <summary>Whether the phone wants to know who sends such a NOTIFY: a digest with the line's own account.</summary>
    public virtual bool Challenges(EventHeader? notified, PhoneSettings settings) => false;

    /// <summary>What the phone makes of a NOTIFY it lets in.</summary>
    /// <returns>Null for an event it does not know: 489.</returns>
    public abstract NotifyDeed? Obey(EventHeader? notified, PhoneSettings settings);
}

/// <summary>A file as it came.</summary>
/// <param name="Name">Its name, as it was asked for.</param>
/// <param name="Content">Its octets.</param>
internal sealed record FetchedFile(string Name, byte[] Content);

/// <summary>A file as the phone reads it.</summary>
/// <param name="Settings">Keys and values in order; null as a value sets a key back to what the factory gave.</param>
/// <param name="Faults">What makes no sense; a phone passes over it, tests do not.</param>
internal sealed record PhoneFile(IReadOnlyList<KeyValuePair<string, string?>> Settings, IReadOnlyList<string> Faults);
