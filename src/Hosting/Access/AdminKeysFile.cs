using System.Collections.Immutable;
using System.Text;
using SipGateway.Trust;

namespace SipGateway.Hosting;

/// <summary>
/// The file of named keys: a line <c>NAME ROLE HASH</c> for each, and comments after <c>#</c>. Whoever reads it learns no key; whoever writes it makes
/// administrators, so only its owner may.
/// </summary>
public static class AdminKeysFile
{
    /// <summary>Its name, beside <c>admin.key</c>.</summary>
    public const string DefaultName = "admin-keys";

    private const string HashPrefix = "sha256:";

    // A thousand keys with their comments: nobody has more by hand.
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads the keys; none when there is no file.</summary>
    /// <returns>The keys, or every error as a sentence of its own.</returns>
    public static (ImmutableArray<NamedAdminKey> Keys, ImmutableArray<string> Errors) Read(string path)
    {
        try
        {
            return !File.Exists(path) ? ([], [])
                : new FileInfo(path).Length > MaxBytes ? ([], [$"{path} is larger than {MaxBytes} bytes; it is no file of admin keys."])
                : Parse(path, File.ReadAllLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], [$"{path} cannot be read: {e.Message}"]);
        }
    }

    /// <summary>Adds a key; what else is in the file stays as it is.</summary>
    /// <exception cref="InvalidDataException">The file holds errors, or has a key of this name.</exception>
    public static void Add(string path, NamedAdminKey key)
    {
        if (Good(path).Any(known => known.Name == key.Name))
        {
            throw new InvalidDataException($"{path} has a key {key.Name} already. Delete it first, or give another name.");
        }

        Write(path, [.. Lines(path), $"{key.Name} {key.Grant} {HashPrefix}{key.Hash}"]);
    }

    /// <summary>Takes a key out.</summary>
    /// <exception cref="InvalidDataException">The file holds errors.</exception>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(string path, string name)
    {
        if (Good(path).All(known => known.Name != name))
        {
            return false;
        }

        Write(path, Lines(path).Where(line => Words(line) is not [var first, ..] || first != name));
        return true;
    }

    private static ImmutableArray<NamedAdminKey> Good(string path) => Read(path) is { Errors: [], Keys: var keys }
        ? keys
        : throw new InvalidDataException(string.Join(' ', Read(path).Errors));

    private static (ImmutableArray<NamedAdminKey> Keys, ImmutableArray<string> Errors) Parse(string path, string[] lines)
    {
        var keys = ImmutableArray.CreateBuilder<NamedAdminKey>();
        var errors = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var fault = Words(lines[i]) switch
            {
                [] => null,
                [var name, _, _] when !NamedAdminKey.IsName(name) => $"'{name}' is no name: up to 40 lower-case letters, digits and hyphens",
                [var name, _, _] when keys.Any(k => k.Name == name) => $"there is a key {name} above already",
                [_, var role, _] when AdminGrant.TryParse(role) is null => $"'{role}' is no role: {AdminGrant.Shape}",
                [var name, var role, var hash] => Take(name, role, hash),
                _ => "a line is NAME ROLE sha256:HASH, as sipgw keys create writes it",
            };
            if (fault is not null)
            {
                errors.Add($"{path} line {i + 1}: {fault}.");
            }
        }

        return errors.Count == 0 ? (keys.ToImmutable(), []) : ([], errors.ToImmutable());

        string? Take(string name, string role, string hash)
        {
            if (!hash.StartsWith(HashPrefix, StringComparison.Ordinal) || !NamedAdminKey.IsHash(hash[HashPrefix.Length..]))
            {
                return "what stands for the key is no hash: sha256: and 64 lower-case hex digits";
            }

            keys.Add(new NamedAdminKey(name, AdminGrant.TryParse(role)!, hash[HashPrefix.Length..]));
            return null;
        }
    }

    private static string[] Words(string line) => line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static string[] Lines(string path) =>
        File.Exists(path) ? File.ReadAllLines(path) : ["# Keys of administrators, by sipgw keys create: name, role, hash of the key."];

    private static void Write(string path, IEnumerable<string> lines) =>
        SecretFile.Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
}
