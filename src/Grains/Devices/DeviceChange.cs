using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>One decision in the making: the device as it will be, and everything that is written and done with it.</summary>
internal sealed class DeviceChange(Phone before, DeviceFacts facts)
{
    private readonly List<AuditRow> audit = [];
    private Phone settled = before;
    private readonly List<DeviceEventRow> events = [];
    private readonly List<OperationRow> operations = [];
    private readonly List<RevocationRow> revocations = [];

    /// <summary>The device before.</summary>
    public Phone Before { get; } = before;

    /// <summary>The device after.</summary>
    public Phone Phone { get; set; } = before;

    /// <summary>What the rule may know.</summary>
    public DeviceFacts Facts { get; } = facts;

    /// <summary>The time of the decision.</summary>
    public DateTimeOffset Now => Facts.Now;

    /// <summary>Orders to send when the write is on disk.</summary>
    public List<Push> ToSend { get; } = [];

    /// <summary>A sign-in to hand to the runner when the write is on disk.</summary>
    public SignInAttempt? ToRun { get; set; }

    /// <summary>Whether anything is to be written.</summary>
    public bool IsWrite => !ReferenceEquals(settled, Phone) || audit.Count + events.Count + operations.Count + revocations.Count > 0;

    /// <summary>What the device is now needs no write: it is kept elsewhere.</summary>
    public void Settle() => settled = Phone;

    /// <summary>What somebody did.</summary>
    public void Audit(AdminContext context, string action, string detail = "") =>
        audit.Add(context.Audit(action, $"devices/{Facts.Mac}", Now, detail));

    /// <summary>What a person did at the phone.</summary>
    public void AuditPhone(string tenant, string action, string outcome = "OK", string detail = "") => audit.Add(new AuditRow
    {
        Tenant = tenant, AtUtc = Now, Actor = $"device:{Facts.Mac}", Action = action, Target = $"devices/{Facts.Mac}", Outcome = outcome, Detail = detail,
    });

    /// <summary>A line of the timeline, for the tenant that holds the device.</summary>
    public void Event(string kind, string message, string source = "", string? tenant = null) => events.Add(new DeviceEventRow
    {
        Mac = Facts.Mac, Tenant = tenant ?? Phone.Seat?.Tenant ?? Before.Seat?.Tenant ?? "", AtUtc = Now, Kind = kind, Message = message, Source = source,
    });

    /// <summary>Something an admin of this tenant should look at; the newest eight stay.</summary>
    public void Alert(string tenant, string message)
    {
        if (Phone.Alerts.Any(a => a.Tenant == tenant && a.Message == message && Now - a.AtUtc < TimeSpan.FromMinutes(1))) return;
        var room = Phone.Alerts.Length >= 8 ? Phone.Alerts.RemoveAt(0) : Phone.Alerts;
        Phone = Phone with { Alerts = room.Add(new Alert { Tenant = tenant, AtUtc = Now, Message = message }) };
        Event("trust.alert", message, tenant: tenant);
    }

    /// <summary>An operation's row.</summary>
    public void Operation(string tenant, string id, string kind, string status, string message, DateTimeOffset createdAt) => operations.Add(new OperationRow
    {
        Tenant = tenant,
        Id = id,
        Kind = kind,
        Owner = $"device/{Facts.Mac}",
        Status = status,
        Message = message,
        CreatedAtUtc = createdAt,
        EndedAtUtc = status == "RUNNING" ? null : Now,
    });

    /// <summary>A credential that stopped being good.</summary>
    public void Revoke(string edge) => revocations.Add(new RevocationRow(edge, Facts.Mac, Phone.Version + 1));

    /// <summary>Remembers what a command was answered.</summary>
    public CommandOutcome Answered(AdminContext context, CommandOutcome outcome)
    {
        if (!context.ValidateOnly) Phone = Phone with { Answered = AnsweredCommand.Remember(Phone.Answered, context.CommandId, outcome) };
        return outcome;
    }

    /// <summary>Everything that is written with the state.</summary>
    public StateEffects Effects() => new()
    {
        Devices = DeviceRows.Of(Phone, Facts.Mac),
        Contacts = [.. Phone.Bindings.Select(b => DeviceRows.Contact(b, Facts.Mac))],
        DueAtUtc = DeviceDue.Next(Phone, Facts),
        Audit = [.. audit],
        Events = [.. events],
        Operations = [.. operations],
        Revocations = [.. revocations],
    };
}
