namespace SipGateway.Edge;

/// <summary>
/// Cisco's factory certificates: <c>OU=CP-8841-3PCC, L=88012BA01234, S=000e08abcdef</c>, where L is a serial number that may look like a MAC and is
/// none; newer ones say <c>CN=CP-8841-SEP000E08ABCDEF</c>. The generic one is <c>OU=cisco.com, L=ciscogeneric, S=ciscogeneric</c>.
/// </summary>
internal static class CiscoCertificate
{
    /// <summary>The MAC; null: none, or several.</summary>
    public static string? MacIn(CertificateSubject subject)
    {
        if (subject.Of(CertificateSubject.StateOrProvince).Any(IsGeneric) || subject.Of(CertificateSubject.SerialNumber).Any(IsGeneric)) return null;
        var named = CertificateSubject.OnlyMacWithin(
            subject.Of(CertificateSubject.StateOrProvince).Concat(subject.Of(CertificateSubject.SerialNumber)));
        return named ?? CertificateSubject.OnlyMacWithin(
            subject.Attributes.Where(a => a.Oid is not CertificateSubject.Locality).Select(a => a.Value));
    }

    private static bool IsGeneric(string value) => value.Contains("generic", StringComparison.OrdinalIgnoreCase);
}
