using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SipGateway.Grains;

/// <summary>Passwords by ASP.NET Core Identity's hasher: PBKDF2 with HMAC-SHA512, 100,000 rounds, 128-bit salt.</summary>
internal static class PasswordHashing
{
    private static readonly PasswordHasher<UserState> Hasher = new(Options.Create(new PasswordHasherOptions()));

    // For users who are not there or have no password: the same work, and no password fits.
    private static readonly string Nobody = Hash(Guid.NewGuid().ToString("N"));

    public static string Hash(string password) => Hasher.HashPassword(new UserState(), password);

    public static bool Verify(string hash, string password) =>
        Hasher.VerifyHashedPassword(new UserState(), hash.Length == 0 ? Nobody : hash, password) != PasswordVerificationResult.Failed && hash.Length > 0;
}
