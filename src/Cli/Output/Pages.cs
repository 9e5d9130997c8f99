namespace SipGateway.Cli;

/// <summary>Reads every page of a list.</summary>
internal static class Pages
{
    public const int Size = 500;

    public static async Task<List<T>> AllAsync<T>(Func<string, Task<(IEnumerable<T> Items, string NextToken)>> read)
    {
        List<T> all = [];
        var token = "";
        do
        {
            var (items, next) = await read(token);
            all.AddRange(items);
            token = next;
        }
        while (token.Length > 0);
        return all;
    }
}
