namespace SipGateway.Sip;

/// <summary>Walks the names of a message's headers without allocating.</summary>
internal struct HeaderNameEnumerator(HeaderSlice[] headers)
{
    private int _at = -1;

    public readonly SipHeaderName Current => headers[_at].Name;

    public readonly HeaderNameEnumerator GetEnumerator() => this;

    public bool MoveNext() => ++_at < headers.Length;
}
