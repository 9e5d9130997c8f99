namespace SipGateway.PhoneSimulator;

/// <summary>Files of a provisioning server, for one run of a phone's boot order.</summary>
internal sealed class BootFiles(Func<string, CancellationToken, Task<PhoneHttpAnswer>> get, Action<string> fail)
{
    /// <summary>What the phone knew before this run. Default: nothing, as from the factory.</summary>
    public PhoneSettings Settings { get; init; } = new();

    /// <summary>Asks for one file.</summary>
    public Task<PhoneHttpAnswer> GetAsync(string name, CancellationToken cancellation) => get(name, cancellation);

    /// <summary>The phone gives up, and says why.</summary>
    public void Fail(string reason) => fail(reason);

    /// <summary>Asks for a file from which the phone learns where its own is, and for that one.</summary>
    /// <param name="first">The file's name.</param>
    /// <param name="next">What the file says: the address of the own one; null for nowhere.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <returns>Both, in order; null when the server is in trouble.</returns>
    public async Task<List<FetchedFile>?> GetAndFollowAsync(string first, Func<FetchedFile, string?> next, CancellationToken cancellation)
    {
        var files = await GetAllAsync([first], cancellation).ConfigureAwait(false);
        if (files is not [var file] || next(file) is not { Length: > 0 } address)
        {
            return files;
        }

        return await GetAllAsync([address], cancellation).ConfigureAwait(false) is { } own ? [file, .. own] : null;
    }

    /// <summary>Asks for files of which any may be missing; null when the server is in trouble.</summary>
    public async Task<List<FetchedFile>?> GetAllAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var files = new List<FetchedFile>();
        foreach (var name in names)
        {
            var answer = await get(name, cancellation).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                files.Add(new FetchedFile(name, answer.Content));
            }
            else if (answer.StatusCode != 404)
            {
                fail($"{name}: HTTP {answer.StatusCode}");
                return null;
            }
        }

        return files;
    }
}
