namespace SipGateway.Sip;

/// <summary>All Contact values of a message: addresses, or the lone <c>*</c> of a REGISTER that removes everything.</summary>
public sealed class ContactList
{
    internal static readonly ContactList Empty = new(false, []);
    internal static readonly ContactList Star = new(true, []);

    internal ContactList(bool isStar, IReadOnlyList<NameAddress> addresses)
    {
        IsStar = isStar;
        Addresses = addresses;
    }

    /// <summary>Whether the value is <c>*</c> (RFC 3261 §10.2.2); then there are no addresses.</summary>
    public bool IsStar { get; }

    /// <summary>The addresses in order.</summary>
    public IReadOnlyList<NameAddress> Addresses { get; }

    /// <summary>Whether there was no Contact at all.</summary>
    public bool IsEmpty => !IsStar && Addresses.Count == 0;
}
