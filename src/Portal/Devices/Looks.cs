using Google.Protobuf.WellKnownTypes;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>How something is told: a word, an icon and a colour, never a colour alone.</summary>
/// <param name="Word">The word.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Tone"><c>good</c>, <c>wait</c>, <c>bad</c>, <c>info</c> or <c>dull</c>.</param>
internal sealed record Look(string Word, string Icon, string Tone)
{
    /// <summary>Where in its life a phone is.</summary>
    public static Look Of(Device.Types.State state) => state switch
    {
        Device.Types.State.Onboarded => new(Texts.Onboarded, Icons.Material.Filled.Power, "info"),
        Device.Types.State.WaitingOnActivation => new(Texts.WaitingOnActivation, Icons.Material.Filled.Dialpad, "wait"),
        Device.Types.State.WaitingForSignIn => new(Texts.WaitingForSignIn, Icons.Material.Filled.PersonAdd, "wait"),
        Device.Types.State.SignedIn => new(Texts.SignedIn, Icons.Material.Filled.CheckCircle, "good"),
        Device.Types.State.Offboarded => new(Texts.Offboarded, Icons.Material.Filled.Archive, "dull"),
        _ => new(Texts.Unknown, Icons.Material.Filled.QuestionMark, "dull"),
    };

    /// <summary>Whether it can be reached.</summary>
    public static Look Of(Device.Types.Connection connection) => connection switch
    {
        Device.Types.Connection.Online => new(Texts.Online, Icons.Material.Filled.Wifi, "good"),
        Device.Types.Connection.Offline => new(Texts.Offline, Icons.Material.Filled.WifiOff, "bad"),
        _ => new(Texts.NeverSeen, Icons.Material.Filled.HourglassEmpty, "dull"),
    };

    /// <summary>Why it needs a person.</summary>
    public static Look Of(Device.Types.AttentionReason reason) => reason switch
    {
        Device.Types.AttentionReason.Conflict => new(Texts.ReasonConflict, Icons.Material.Filled.ContentCopy, "bad"),
        Device.Types.AttentionReason.OperationFailed => new(Texts.ReasonOperation, Icons.Material.Filled.SyncProblem, "bad"),
        Device.Types.AttentionReason.SignInFailed => new(Texts.ReasonSignIn, Icons.Material.Filled.PersonOff, "bad"),
        Device.Types.AttentionReason.CodeLocked => new(Texts.ReasonCode, Icons.Material.Filled.Lock, "bad"),
        Device.Types.AttentionReason.ConfigNotFetched => new(Texts.ReasonConfig, Icons.Material.Filled.CloudOff, "bad"),
        Device.Types.AttentionReason.NotRegistering => new(Texts.ReasonRegistration, Icons.Material.Filled.PhoneDisabled, "bad"),
        Device.Types.AttentionReason.FirmwareBelowMinimum => new(Texts.ReasonFirmware, Icons.Material.Filled.SystemUpdate, "bad"),
        _ => new(Texts.NeedsAttention, Icons.Material.Filled.Error, "bad"),
    };

    /// <summary>What a finding says.</summary>
    public static Look OfFinding(string status) => status switch
    {
        "OK" => new(Texts.FindingOk, Icons.Material.Filled.CheckCircle, "good"),
        "WAITING" => new(Texts.FindingWaiting, Icons.Material.Filled.Schedule, "wait"),
        _ => new(Texts.FindingProblem, Icons.Material.Filled.Error, "bad"),
    };

    /// <summary>How it goes with one phone of many.</summary>
    public static Look Of(BulkProgress progress) => progress switch
    {
        BulkProgress.Waiting => new(Texts.Waiting, Icons.Material.Filled.Schedule, "dull"),
        BulkProgress.Running => new(Texts.Running, Icons.Material.Filled.Sync, "info"),
        BulkProgress.Succeeded => new(Texts.Succeeded, Icons.Material.Filled.CheckCircle, "good"),
        BulkProgress.Unproven => new(Texts.Unproven, Icons.Material.Filled.HelpOutline, "wait"),
        _ => new(Texts.Failed, Icons.Material.Filled.Error, "bad"),
    };

    /// <summary>What came of a row of a table.</summary>
    public static Look OfImport(bool isClaimed) => isClaimed
        ? new(Texts.Claimed, Icons.Material.Filled.CheckCircle, "good") : new(Texts.Refused, Icons.Material.Filled.Error, "bad");

    /// <summary>How an operation goes; only proved success is good.</summary>
    public static Look OfOperation(Operation operation) => operation switch
    {
        { Done: false } => new(Texts.Running, Icons.Material.Filled.Sync, "info"),
        { Response.Status: "SUCCEEDED" } or { Response: null, Error: null, Metadata.Status: "SUCCEEDED" } =>
            new(Texts.Succeeded, Icons.Material.Filled.CheckCircle, "good"),
        { Response.Status: "UNPROVEN" } => new(Texts.Unproven, Icons.Material.Filled.HelpOutline, "wait"),
        { Response.Status: "CANCELLED" } => new(Texts.Cancelled, Icons.Material.Filled.Block, "dull"),
        _ => new(Texts.Failed, Icons.Material.Filled.Error, "bad"),
    };
}

/// <summary>Names and times as people read them.</summary>
internal static class Readable
{
    /// <summary><c>00:15:65:aa:bb:cc</c></summary>
    public static string Mac(string digits) =>
        digits.Length == 12 ? string.Join(':', Enumerable.Range(0, 6).Select(i => digits.Substring(i * 2, 2))).ToUpperInvariant() : digits;

    /// <summary>The MAC, and which line when it is not the first.</summary>
    public static string NameOf(Device device) =>
        AdminClient.TailOf(device).Split("/lines/") is [_, var line] ? $"{Mac(device.Mac)} · {Texts.Line(line)}" : Mac(device.Mac);

    /// <summary>Vendor and model; a phone that was never seen has neither.</summary>
    public static string ModelOf(Device device) =>
        device.Model.Length + device.Vendor.Length == 0 ? Texts.ModelUnknown : $"{Capital(device.Vendor)} {device.Model}".Trim();

    /// <summary>Who uses it; empty for nobody.</summary>
    public static string UserOf(Device device) => device.DisplayName.Length > 0 ? device.DisplayName : device.User;

    /// <summary><c>14 s ago</c></summary>
    public static string Ago(Timestamp? when, DateTimeOffset now) => when is null ? Texts.Never : (now - when.ToDateTimeOffset()) switch
    {
        { TotalSeconds: < 2 } => Texts.JustNow,
        { TotalSeconds: < 60 } age => Texts.SecondsAgo(Number(age.TotalSeconds)),
        { TotalMinutes: < 60 } age => Texts.MinutesAgo(Number(age.TotalMinutes)),
        { TotalHours: < 48 } age => Texts.HoursAgo(Number(age.TotalHours)),
        var age => Texts.DaysAgo(Number(age.TotalDays)),
    };

    private static string Number(double age) => ((int)age).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How long until then: <c>23 h</c>.</summary>
    public static string Until(Timestamp when, DateTimeOffset now) => (when.ToDateTimeOffset() - now) switch
    {
        { TotalSeconds: < 90 } left => Texts.Seconds(Number(Math.Round(Math.Max(0, left.TotalSeconds)))),
        { TotalMinutes: < 90 } left => Texts.Minutes(Number(Math.Round(left.TotalMinutes))),
        var left => Texts.Hours(Number(Math.Round(left.TotalHours))),
    };

    /// <summary>The level of trust in one word.</summary>
    public static string ShortTrust(Device.Types.TrustLevel level) => level switch
    {
        Device.Types.TrustLevel.Certificate => Texts.TrustCertificate,
        Device.Types.TrustLevel.Token => Texts.TrustToken,
        Device.Types.TrustLevel.Network => Texts.TrustNetwork,
        Device.Types.TrustLevel.Claimed => Texts.TrustClaimed,
        _ => Texts.Unknown,
    };

    /// <summary>The exact time, in UTC.</summary>
    public static string Exact(Timestamp? when) =>
        when?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
