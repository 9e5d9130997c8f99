namespace SipGateway.PhoneSimulator;

/// <summary>Files of a provisioning server, for one run of a phone's boot order.</summary>
internal sealed class BootFiles(Func<string, CancellationToken, Task<PhoneHttpAnswer>> get, Action<string> fail)
{
    /// <summary>Asks for one file.</summary>
    public Task<PhoneHttpAnswer> GetAsync(string name, CancellationToken cancellation) => get(name, cancellation);

    /// <summary>The phone gives up, and says why.</summary>
    public void Fail(string reason) => fail(reason);

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
