using System.Text;

namespace SipGateway.Sip.Tests.Parsing;

/// <summary>Messages that tests share.</summary>
internal static class Sample
{
    public const string RegisterHead =
        "REGISTER sip:gw.example.com SIP/2.0\r\n" +
        "Via: SIP/2.0/TCP 10.0.0.5:5060;branch=z9hG4bK1;rport\r\n" +
        "Max-Forwards: 70\r\n" +
        "From: <sip:alice@gw.example.com>;tag=a1\r\n" +
        "To: <sip:alice@gw.example.com>\r\n" +
        "Call-ID: 1_2@10.0.0.5\r\n" +
        "CSeq: 1 REGISTER\r\n" +
        "Contact: <sip:alice@10.0.0.5:5060;transport=tcp>;expires=3600\r\n" +
        "User-Agent: Yealink SIP-T46G 28.86.0.15\r\n";

    public static byte[] Register => Bytes(RegisterHead + "Content-Length: 0\r\n\r\n");

    public static byte[] RegisterWith(string headers, string body = "") => Bytes(RegisterHead + headers + "\r\n" + body);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static SipParseResult Stream(byte[] bytes) => SipParser.ParseStream(bytes, SipLimits.Default);

    public static SipParseResult Datagram(byte[] bytes) => SipParser.ParseDatagram(bytes, SipLimits.Default);

    public static SipRequest Request(string text) => (SipRequest)Datagram(Bytes(text)).Message!;
}
