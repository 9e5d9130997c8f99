namespace SipGateway.Storage;

/// <summary>Names under which grains ask for their storage.</summary>
public static class StorageNames
{
    /// <summary>The Orleans storage provider of this project.</summary>
    public const string Provider = "sipgateway";
}
