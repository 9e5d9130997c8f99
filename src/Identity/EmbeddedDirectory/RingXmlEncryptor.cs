using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>Locks the keys of the page's forms under the key ring before they reach the disk.</summary>
internal sealed class RingXmlEncryptor(KeyRing ring) : IXmlEncryptor
{
    internal const string Place = "directory/form-keys";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("locked", SecretBox.Lock(ring, plaintextElement.ToString(SaveOptions.DisableFormatting), Place)),
        typeof(RingXmlDecryptor));
}

/// <summary>Opens them again; made by the framework by name, hence the service provider.</summary>
internal sealed class RingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var text = SecretBox.Unlock(services.GetRequiredService<KeyRing>(), encryptedElement.Value, RingXmlEncryptor.Place);
        return XElement.Parse(text ?? throw new InvalidOperationException(
            "A form key of the sign-in page was locked under another key ring. It is left aside; open forms have to be started again."));
    }
}
