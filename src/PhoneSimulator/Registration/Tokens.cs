using System.Security.Cryptography;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>The random identifiers of SIP.</summary>
internal static class Tokens
{
    public static string Branch() => Via.MagicCookie + Hex(10);

    public static string Tag() => Hex(6);

    public static string CallId(System.Net.IPAddress address) => Hex(10) + "@" + address;

    private static string Hex(int octets) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(octets));
}
