using System.Security.Cryptography;

namespace SipGateway.Storage.Tests;

/// <summary>A script that somebody's database has been through stays as it is: what is to change gets a script of its own.</summary>
public sealed class ReleasedScriptsTests
{
    private static readonly Dictionary<string, string> Released = new(StringComparer.Ordinal)
    {
        ["Migrations/0001-initial.sql"] = "05e84c1deb03952a839a72d8537cb4e478b3b9aad69dff04c78bad51b45a0ad6",
        ["Migrations/0002-bindings.sql"] = "ec6fffefa99e63b37d3521a89317d51156cdc19d7b55303491f29198173bb006",
        ["Migrations/0003-attention.sql"] = "91bd3bbbe049eec493e0a6adf69f882c3ecc9623e81dcff8afc4b4f33d167aeb",
        ["Migrations/0004-tags.sql"] = "807235ba3773c67c26d49589bb18f4ee1cb2444d8991c744b472c86afe66f7cb",
        ["Migrations/0005-fleet-history.sql"] = "e4c5365815f63d6a73c64edfad1d3d4f463738ab4d463d781716b4bb500684b3",
        ["PostgresMigrations/0001-initial.sql"] = "51d079255b0008b06813caaab2426af10290beb27ec3bef926f36e76aa1ba05b",
        ["PostgresMigrations/0002-clustering.sql"] = "5b0738929bac86475197ed43867217a25caef1a04c25033fc28cce95738cef86",
        ["PostgresMigrations/0003-attention.sql"] = "a3bbb4ed41e89d52f6a3a6b190cced61e82d4c565a39f9d62c399de2efc974e6",
        ["PostgresMigrations/0004-tags.sql"] = "aa669cba0df524e610bd9d45f8329c7509a16ab643a9c6bade2c9f670705c899",
        ["PostgresMigrations/0005-fleet-history.sql"] = "017c900e38e3a58e811e920651858bd24e795759db5acc3b79ef9c1e3e3274db",
    };

    [Fact]
    public void Scripts_OfReleases_AreUnchanged()
    {
        var assembly = typeof(StoredState).Assembly;
        var found = assembly.GetManifestResourceNames().Where(name => name.Contains("Migrations/", StringComparison.Ordinal)).ToDictionary(name => name, name =>
        {
            using var script = assembly.GetManifestResourceStream(name)!;
            return Convert.ToHexStringLower(SHA256.HashData(script));
        });

        found.Should().BeEquivalentTo(Released, "a new script is added here when it is released, and none is ever changed");
    }
}
