using System.Net;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Fuzz;

/// <summary>What octets of a stranger are handed to, each with what must hold afterwards. An exception of any kind is a finding.</summary>
internal static class FuzzTargets
{
    public static readonly IReadOnlyDictionary<string, Action<byte[]>> All = new Dictionary<string, Action<byte[]>>
    {
        ["datagram"] = Datagram,
        ["stream"] = Stream,
        ["uri"] = Uri,
        ["digest"] = Digest,
        ["plain"] = PlainTarget.Run,
    };

    /// <summary>One datagram: everything that can be asked of it, its answer, and the answer read again.</summary>
    public static void Datagram(byte[] input)
    {
        var result = SipParser.ParseDatagram(input, SipLimits.Default);
        Require(result.Status != SipParseStatus.NeedMore, "a datagram never needs more");
        Require(result.ConsumedBytes == input.Length, "a datagram is used up");
        Judge(result, input.Length);
        if (result.Message is { } message)
        {
            var again = SipParser.ParseDatagram(message.Bytes, SipLimits.Default);
            Require(again.Status == SipParseStatus.Complete, "what was read can be read again");
            Require(Describe(again.Message!) == Describe(message), "and says the same");
        }
    }

    /// <summary>A connection's octets: read as one and in pieces cut by the octets themselves, which must come to the same.</summary>
    public static void Stream(byte[] input)
    {
        var whole = ReadAll(input, 0, input.Length, out var isOpen);
        var pieces = new List<string>();
        var (from, to) = (0, 0);
        var goesOn = true;
        while (goesOn && to < input.Length)
        {
            to = Math.Min(input.Length, to + 1 + (input[to] % 61));
            pieces.AddRange(ReadAll(input, from, to, out goesOn, out from));
        }

        // Whoever sees all of a bad message may give another reason than who saw its beginning; what was served is the same.
        var served = whole.Where(v => !v.StartsWith('!')).ToList();
        Require(served.SequenceEqual(pieces.Where(v => !v.StartsWith('!'))), "messages do not depend on segments");
        Require(goesOn == isOpen, "whether the connection is closed does not depend on segments");
    }

    /// <summary>A URI: written and read again it is the same one, and equal to itself.</summary>
    public static void Uri(byte[] input)
    {
        if (!SipUri.TryParse(input, out var uri))
        {
            return;
        }

        _ = (uri.User, uri.Password, uri.Host, uri.Port, uri.Transport, uri.RawHeaders, uri.GetHashCode());
        var text = uri.ToString();
        Require(SipUri.TryParse(text, out var again), "what was written can be read");
        Require(again!.ToString() == text, "and is written the same");
        Require(uri.Equals(uri) && again.Equals(again), "a URI equals itself");
        Require(!uri.Equals(again) || uri.GetHashCode() == again.GetHashCode(), "equal URIs have one hash");
        Require(text.IndexOfAny(['\r', '\n', '<', '>']) < 0, "a URI cannot end its line or its brackets");
        _ = uri.WithoutParameters().ToString();
        _ = uri.WithParameter("ob").ToString();
    }

    /// <summary>Authorization and WWW-Authenticate: read, and what was read verified and answered.</summary>
    public static void Digest(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        if (DigestCredentials.Parse(text) is { } credentials)
        {
            Require(text.Length <= DigestCredentials.MaxLength, "the bound holds");
            _ = DigestAlgorithms.Parse(credentials.Algorithm);
            Require(
                !DigestResponse.Verify(credentials, DigestResponse.Ha1("nobody", "nowhere", "secret"), "REGISTER", []),
                "no digest is right by luck");
        }

        if (DigestChallenge.Parse(text) is { } challenge)
        {
            _ = challenge.Format();
            _ = DigestCredentials.Parse(challenge.Answer("a", "b", "REGISTER", "sip:gateway.test", "c"));
        }
    }

    private static List<string> ReadAll(byte[] input, int from, int to, out bool isOpen) => ReadAll(input, from, to, out isOpen, out _);

    private static List<string> ReadAll(byte[] input, int from, int to, out bool isOpen, out int rest)
    {
        var verdicts = new List<string>();
        isOpen = true;
        rest = from;
        while (isOpen && rest < to)
        {
            var length = to - rest;
            var result = SipParser.ParseStream(input.AsMemory(rest, length), SipLimits.Default);
            Judge(result, length);
            if (result.Status == SipParseStatus.NeedMore)
            {
                Require(result.NeededBytes > length && result.ConsumedBytes == 0, "who needs more says how much");
                break;
            }

            Require(result.ConsumedBytes > 0, "a verdict uses octets up");
            verdicts.Add(result.Message is { } message ? Describe(message) : result.Status == SipParseStatus.KeepAlive ? "ping" : "!");
            rest += result.ConsumedBytes;
            isOpen = !result.MustClose;
        }

        return verdicts;
    }

    private static void Judge(SipParseResult result, int length)
    {
        Require(result.ConsumedBytes >= 0 && result.ConsumedBytes <= length, "nobody uses up what is not there");
        if (result.Status == SipParseStatus.Rejected)
        {
            _ = (result.Reason.StatusCode(), result.Reason.Phrase(), result.Reason.MetricTag());
            Require(result.Offset >= 0 && result.Offset <= length, "the fault is in the buffer");
        }

        if ((result.Message ?? result.RejectedMessage) is { } message)
        {
            Touch(message, result.Message is not null);
        }
    }

    private static void Touch(SipMessage message, bool isWhole)
    {
        _ = (message.TopVia, message.Vias, message.From, message.To, message.CallId, message.CSeq, message.ExpiresSeconds);
        _ = (message.MaxForwards, message.ContentLength, message.ContentType, message.Event, message.Require, message.ProxyRequire);
        _ = (message.Supported, message.Allow, message.UserAgent, message.Routes, message.RecordRoutes, message.Paths);
        foreach (var contact in message.Contacts?.Addresses ?? [])
        {
            _ = (contact.ExpiresSeconds(), contact.QThousandths(), contact.Instance(), contact.RegId(), contact.ToString());
            Uri(Encoding.UTF8.GetBytes(contact.Uri.ToString()));
        }

        foreach (var raw in message.Authorizations.Concat(message.ProxyAuthorizations))
        {
            Digest(raw.ToArray());
        }

        if (message is SipResponse response)
        {
            _ = SipResponseValidation.Check(response);
        }
        else if (message is SipRequest request)
        {
            Answer(request, isWhole);
        }
    }

    private static void Answer(SipRequest request, bool isWhole)
    {
        _ = SipRequestValidation.Check(request);
        var answer = SipResponseBuilder.For(request, 400, toTag: "t", source: new IPEndPoint(IPAddress.Loopback, 5060)).Build();
        // An answer is as long as what it echoes and what it adds: a tag, and in Via the source.
        var limits = SipLimits.Default with
        {
            MaxHeaderValueBytes = SipLimits.Default.MaxHeaderValueBytes + 100, MaxHeaderBytes = SipLimits.Default.MaxHeaderBytes + 200,
        };
        var read = SipParser.ParseDatagram(answer, limits);

        // What was refused for its length or number is echoed as it came, so that alone must not end the answer early.
        Require(answer.AsSpan().IndexOf("\r\n\r\n"u8) == answer.Length - 4, "nothing of the request ends our answer");
        if (!isWhole)
        {
            return;
        }

        Require(read.Message is SipResponse { StatusCode: 400 }, "our own answer is a response");
        Require(SipParser.ParseStream(answer, limits).ConsumedBytes == answer.Length, "and one message, however it is framed");
    }

    private static string Describe(SipMessage message) => string.Join(
        '|', message.GetType().Name, message.CallId, message.CSeq, message.From, message.To, message.TopVia, message.HeaderCount,
        Convert.ToHexString(message.Body.Span));

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("Broken: " + what + ".");
        }
    }
}
