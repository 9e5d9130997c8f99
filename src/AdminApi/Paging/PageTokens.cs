using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.AdminApi;

/// <summary>Page tokens (AIP-158): the key to the next page, bound to the arguments it was made for.</summary>
internal static class PageTokens
{
    private const int BindingBytes = 8;

    /// <summary>A page size as served.</summary>
    public static int Size(int asked) => asked switch
    {
        < 0 => throw AdminErrors.Invalid("page_size", "cannot be negative"),
        0 => AdminApiLimits.DefaultPageSize,
        > AdminApiLimits.MaxPageSize => AdminApiLimits.MaxPageSize,
        _ => asked,
    };

    /// <summary>The token for the next page; empty on the last.</summary>
    public static string Wrap(string? key, params ReadOnlySpan<string> arguments) =>
        key is null ? "" : Base64Url.EncodeToString([.. Binding(arguments), .. Encoding.UTF8.GetBytes(key)]);

    /// <summary>The key in a token; null for the first page.</summary>
    public static string? Unwrap(string token, params ReadOnlySpan<string> arguments)
    {
        if (token.Length == 0)
        {
            return null;
        }

        if (!Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: > BindingBytes } bytes)
        {
            throw Wrong("is none of this gateway's");
        }

        return bytes.AsSpan(0, BindingBytes).SequenceEqual(Binding(arguments))
            ? Encoding.UTF8.GetString(bytes.AsSpan(BindingBytes))
            : throw Wrong("belongs to other arguments: parent, filter and order_by must stay the same from page to page");
    }

    /// <summary>Reads a page; a key that the reader does not know is the caller's mistake.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (ArgumentException)
        {
            throw Wrong("is none of this gateway's");
        }
    }

    private static byte[] Binding(ReadOnlySpan<string> arguments) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', arguments)))[..BindingBytes];

    private static Grpc.Core.RpcException Wrong(string description) =>
        AdminErrors.Invalid("page_token", description + "; ask for the first page again", "INVALID_PAGE_TOKEN");
}
