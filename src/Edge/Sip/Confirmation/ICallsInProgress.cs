namespace SipGateway.Edge;

/// <summary>Which phones are in a call that this edge knows of: its own, to feature codes. What phones say to each other goes elsewhere.</summary>
internal interface ICallsInProgress
{
    /// <summary>Whether the phone is in one.</summary>
    bool Has(string mac);
}

/// <summary>An edge without SIP has no calls.</summary>
internal sealed class NoCalls : ICallsInProgress
{
    /// <inheritdoc/>
    public bool Has(string mac) => false;
}
