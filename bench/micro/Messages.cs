using System.Globalization;
using System.Text;
using SipGateway.Sip.Authentication;

namespace SipGateway.Micro;

/// <summary>A phone's REGISTER as it is on the wire.</summary>
internal static class Messages
{
    public const string Domain = "gateway.test";

    public static byte[] Register(string user, uint cseq, string authorization = "") => Encoding.ASCII.GetBytes(
        $"REGISTER sip:{Domain} SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.5:5062;branch=z9hG4bK{cseq:x8};rport\r\n"
        + $"From: \"Ann\" <sip:{user}@{Domain}>;tag=49583\r\nTo: \"Ann\" <sip:{user}@{Domain}>\r\nCall-ID: 0_843817637684230@10.0.0.5\r\n"
        + $"CSeq: {cseq} REGISTER\r\nContact: <sip:{user}@10.0.0.5:5062>\r\n{authorization}"
        + "Allow: INVITE, INFO, PRACK, ACK, BYE, CANCEL, OPTIONS, NOTIFY, REGISTER, SUBSCRIBE, REFER, PUBLISH, UPDATE, MESSAGE\r\n"
        + "Max-Forwards: 70\r\nUser-Agent: Yealink SIP-T46S 66.86.5.1\r\nExpires: 300\r\nAllow-Events: talk,hold,conference\r\nContent-Length: 0\r\n\r\n");

    public static string Authorization(string user, string ha1, string nonce, uint count)
    {
        var text = count.ToString("x8", CultureInfo.InvariantCulture);
        var response = DigestResponse.Compute(DigestAlgorithm.Md5, ha1, "REGISTER", $"sip:{Domain}", nonce, text, "c0ffee", "auth", []);
        return $"Authorization: Digest username=\"{user}\", realm=\"{Domain}\", nonce=\"{nonce}\", uri=\"sip:{Domain}\", response=\"{response}\", "
            + $"algorithm=MD5, cnonce=\"c0ffee\", qop=auth, nc={text}\r\n";
    }
}
