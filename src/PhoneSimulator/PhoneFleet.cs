using System.Globalization;

namespace SipGateway.PhoneSimulator;

/// <summary>Many phones in one process: one UDP socket, one timer and no thread each.</summary>
public sealed class PhoneFleet : IAsyncDisposable
{
    /// <summary>Most phones that boot at the same time. Default: 16: a site's phones do not all fetch in the same millisecond.</summary>
    private const int MaxConcurrentBoots = 16;

    private PhoneFleet(IReadOnlyList<SimulatedPhone> phones) => Phones = phones;

    /// <summary>The phones in order of their MACs.</summary>
    public IReadOnlyList<SimulatedPhone> Phones { get; }

    /// <summary>How many have their first line registered.</summary>
    public int RegisteredCount => Phones.Count(phone => phone.IsRegistered);

    /// <summary>Makes phones without power with consecutive MACs.</summary>
    /// <param name="count">How many, 1 to 100,000.</param>
    /// <param name="template">What they share; its MAC is the first.</param>
    public static PhoneFleet Create(int count, PhoneOptions template)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100_000);
        var first = long.Parse(template.MacDigits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new PhoneFleet([.. Enumerable.Range(0, count).Select(
            number => new SimulatedPhone(template with { Mac = (first + number).ToString("x12", CultureInfo.InvariantCulture) }))]);
    }

    /// <summary>Gives power to all of them, some at a time.</summary>
    public Task PowerOnAsync(CancellationToken cancellation = default) => Parallel.ForEachAsync(
        Phones,
        new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentBoots, CancellationToken = cancellation },
        async (phone, token) => await phone.PowerOnAsync(token).ConfigureAwait(false));

    /// <summary>Waits until every phone came to an event.</summary>
    /// <exception cref="TimeoutException">One did not; the message tells what it saw.</exception>
    public Task WaitForAllAsync<T>(Func<T, bool>? predicate, TimeSpan timeout, CancellationToken cancellation = default)
        where T : PhoneEvent => Task.WhenAll(Phones.Select(phone => phone.WaitForAsync(predicate, timeout, 0, cancellation)));

    /// <summary>Cuts the power of all of them.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Phones.Select(phone => phone.DisposeAsync().AsTask())).ConfigureAwait(false);
}
