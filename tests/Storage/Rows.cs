namespace SipGateway.Storage.Tests;

internal static class Rows
{
    /// <summary>What devices can be ordered by.</summary>
    public static readonly DeviceField[] Orders =
        [.. Enum.GetValues<DeviceField>().Where(field => field is not (DeviceField.Connection or DeviceField.Attention or DeviceField.Tags))];

    public static DeviceRow Device(string mac, string tenant = "t1") => new()
    {
        Tenant = tenant,
        Mac = mac,
        State = "ONBOARDED",
        TrustLevel = "CLAIMED",
        CreatedAtUtc = StorageUnderTest.Noon,
    };

    public static AuditRow Audit(string target, string tenant = "t1") => new()
    {
        Tenant = tenant,
        AtUtc = StorageUnderTest.Noon,
        Actor = "admin-key:1",
        Action = "device.claim",
        Target = target,
        Outcome = "OK",
    };

    public static DeviceEventRow Event(string mac, string kind, DateTimeOffset at) =>
        new() { Mac = mac, Tenant = "t1", AtUtc = at, Kind = kind, Message = "Something happened." };

    public static ContactRow Contact(string mac, string binding, long generation, DateTimeOffset seen) => new()
    {
        Mac = mac,
        BindingId = binding,
        Generation = generation,
        ExpiresAtUtc = seen.AddMinutes(5),
        LastSeenAtUtc = seen,
        Source = "192.0.2.1:5060",
    };

    /// <summary>A binding where there was none, or one of another generation.</summary>
    public static BindingRow Binding(ContactRow contact, long replaced = 0, string note = "") =>
        BindingRow.Of(contact, replaced, new NoteState { Note = note });

    public static BindingRow Binding(string mac, string binding, long generation, DateTimeOffset seen) =>
        Binding(Contact(mac, binding, generation, seen));

    public static string Mac(int n) => n.ToString("x12");
}
