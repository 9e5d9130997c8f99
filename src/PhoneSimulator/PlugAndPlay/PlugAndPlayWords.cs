using System.Net;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>What a vendor's phones say when they look for their server by multicast.</summary>
/// <param name="User">As whom they ask, escaped.</param>
/// <param name="Vendor">Whose they are.</param>
/// <param name="Model">Which.</param>
internal sealed record PlugAndPlayWords(string User, string Vendor, string Model)
{
    /// <summary>Of the configuration that they want.</summary>
    public string ProfileType { get; init; } = "device";

    /// <summary>The user of those that ask by their MAC.</summary>
    public static string ByMac(PhoneOptions options) => "MAC%3a" + options.MacDigits.ToUpperInvariant();

    /// <summary>The request.</summary>
    /// <param name="options">Which phone.</param>
    /// <param name="local">Where it is.</param>
    /// <param name="group">Whom it asks.</param>
    /// <param name="callId">Of the request and of the NOTIFY that answers it.</param>
    public byte[] Subscribe(PhoneOptions options, IPEndPoint local, IPAddress group, string callId)
    {
        var asker = SipUri.Parse($"sip:{User}@{group}");
        return SipRequestBuilder.Create(SipMethod.Subscribe, asker)
            .Via("UDP", local.ToString(), Tokens.Branch())
            .MaxForwards()
            .From(asker, Tokens.Tag())
            .To(asker)
            .CallId(callId)
            .CSeq(1, SipMethod.Subscribe)
            .Add(SipHeaderName.Contact, $"<sip:{local}>")
            .Add(SipHeaderName.UserAgent, options.Dialect.SipUserAgent(options))
            .Add(SipHeaderName.Event, $"ua-profile;profile-type=\"{ProfileType}\";vendor=\"{Vendor}\";model=\"{Model}\";version=\"{options.Release}\"")
            .Add(SipHeaderName.Expires, "0")
            .Add(SipHeaderName.Accept, "application/url")
            .Build();
    }
}
