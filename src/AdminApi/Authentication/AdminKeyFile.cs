using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SipGateway.Trust;

namespace SipGateway.AdminApi;

/// <summary>The admin key of an embedded gateway: one line in a file that its owner alone may read.</summary>
public static class AdminKeyFile
{
    private const int MaxBytes = 4096;

    /// <summary>Reads the key, or makes one of 256 random bits when there is no file yet.</summary>
    /// <exception cref="InvalidDataException">The file holds no key; nothing is overwritten.</exception>
    /// <exception cref="IOException">The file or its directory cannot be read or written.</exception>
    public static AdminKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            SecretFile.Write(path, Encoding.ASCII.GetBytes($"sipgw_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}\n"));
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new InvalidDataException($"{path} is no admin key: it is larger than {MaxBytes} bytes.");
        }

        var text = File.ReadAllText(path).Trim();
        if (text.Length < AdminKey.MinChars
            || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '~' or '+' or '/' or '=')))
        {
            throw new InvalidDataException(
                $"{path} is no admin key: it should hold one line of at least {AdminKey.MinChars} letters, digits and _-.~+/=. "
                + "Delete it to have a new one made.");
        }

        return AdminKey.FromText(text);
    }
}
