namespace SipGateway.Trust.Sides;

/// <summary>Who is on the other end of a listener. An endpoint answers on its own side only, whatever the Host header says.</summary>
public enum Side
{
    /// <summary>Phones that fetch their configuration and screens.</summary>
    Phones,

    /// <summary>People with a browser at the sign-in page.</summary>
    People,

    /// <summary>Administrators: portal, REST and gRPC.</summary>
    Admin,

    /// <summary>Operators' tools: health and metrics.</summary>
    Ops,
}
