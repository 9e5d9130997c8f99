using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>Devices as the API shows them. Online or offline is judged here, at the time of the answer.</summary>
internal static class DeviceMessages
{
    /// <summary>A row of a list.</summary>
    public static Device FromRow(DeviceRow row, DateTimeOffset now)
    {
        var device = FactsOf(row, now);
        device.Attention.AddRange(row.Attention.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ValueOf<Device.Types.AttentionReason>));
        device.Tags.AddRange(row.Tags.Split(DeviceRow.TagMark, StringSplitOptions.RemoveEmptyEntries));
        return device;
    }

    private static Device FactsOf(DeviceRow row, DateTimeOffset now) => new()
    {
        Name = NameOf(row.Tenant, row.Mac),
        Mac = LineKey.MacOf(row.Mac),
        Location = row.Location,
        Site = row.Site,
        State = ValueOf<Device.Types.State>(row.State),
        Connection = ConnectionOf(row.BindingExpiresAtUtc, row.LastSeenAtUtc, now),
        TrustLevel = ValueOf<Device.Types.TrustLevel>(row.TrustLevel),
        Vendor = row.Vendor,
        Model = row.Model,
        Firmware = row.Firmware,
        User = row.UserId,
        CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAtUtc),
        LastSeenTime = TimeOf(row.LastSeenAtUtc),
        Source = row.Source,
        Etag = CommandContexts.EtagOf(row.Version),
    };

    /// <summary>A device as its grain tells it; what refreshes say since is in the row.</summary>
    public static Device FromView(DeviceView view, DeviceRow? row, DateTimeOffset now)
    {
        var expires = view.Bindings.Length == 0 ? row?.BindingExpiresAtUtc
            : Later(view.Bindings.Max(b => b.ExpiresAtUtc), row?.BindingExpiresAtUtc);
        var seen = Later(view.LastSeenAtUtc, row?.LastSeenAtUtc);
        var device = new Device
        {
            Name = NameOf(view.Tenant, view.Mac),
            Mac = LineKey.MacOf(view.Mac),
            Location = view.Location,
            Site = view.Site,
            State = StateOf(view.State),
            Connection = ConnectionOf(expires, seen, now),
            TrustLevel = TrustOf(view.Trust),
            Vendor = view.Vendor,
            Model = view.Model,
            Firmware = view.Firmware,
            User = view.UserId,
            DisplayName = view.DisplayName,
            PhoneNumber = view.PhoneNumber,
            CreateTime = Timestamp.FromDateTimeOffset(view.CreatedAtUtc),
            LastSeenTime = TimeOf(seen),
            Source = row?.Source ?? "",
            CodeExpireTime = TimeOf(view.CodeExpiresAtUtc),
            ConfigHash = view.ConfigHash,
            AppliedConfigHash = view.AppliedConfigHash,
            AppliedConfigTime = TimeOf(view.AppliedAtUtc),
            Policy = view.Policy,
            Etag = CommandContexts.EtagOf(view.Version),
            Compatibility = CompatibilityOf(view.Compatibility),
        };
        device.Bindings.AddRange(view.Bindings.Select(FromBinding));
        device.Alerts.AddRange(view.Alerts);

        // A silo of the release before gives neither.
        if (!view.Tags.IsDefault) device.Tags.AddRange(view.Tags);
        if (!view.Attention.IsDefault) device.Attention.AddRange(view.Attention.Select(reason => ValueOf<Device.Types.AttentionReason>(reason.ToString())));
        return device;
    }

    /// <summary>A line: a desk phone's only one, or one of an adapter or base.</summary>
    /// <param name="device">The device, or the line as one.</param>
    /// <param name="number">The line's number.</param>
    public static Line LineOf(Device device, int number = 1)
    {
        var line = new Line
        {
            Name = number == 1 ? $"{device.Name}/lines/1" : device.Name,
            Number = number,
            State = device.State,
            Connection = device.Connection,
            User = device.User,
            DisplayName = device.DisplayName,
            PhoneNumber = device.PhoneNumber,
        };
        line.Bindings.AddRange(device.Bindings);
        return line;
    }

    /// <summary>The name of a device, or of one of its lines, by the key of its grain.</summary>
    public static string NameOf(string tenant, string key) => LineKey.IsOther(key)
        ? FormattableString.Invariant($"tenants/{tenant}/devices/{LineKey.MacOf(key)}/lines/{LineKey.LineOf(key)}")
        : $"tenants/{tenant}/devices/{key}";

    /// <summary>A time, absent when there is none.</summary>
    public static Timestamp? TimeOf(DateTimeOffset? time) => time is { } known ? Timestamp.FromDateTimeOffset(known) : null;

    private static Binding FromBinding(BindingView binding) => new()
    {
        ContactUri = binding.ContactUri,
        Edge = binding.EdgeId,
        Transport = binding.Transport,
        Source = binding.Source,
        ExpireTime = Timestamp.FromDateTimeOffset(binding.ExpiresAtUtc),
        LastSeenTime = Timestamp.FromDateTimeOffset(binding.LastSeenAtUtc),
        UserAgent = binding.UserAgent,
        Restricted = binding.Restricted,
    };

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static Device.Types.Connection ConnectionOf(DateTimeOffset? expires, DateTimeOffset? seen, DateTimeOffset now) => 0 switch
    {
        _ when expires > now => Device.Types.Connection.Online,
        _ when expires is null && seen is null => Device.Types.Connection.NeverSeen,
        _ => Device.Types.Connection.Offline,
    };

    private static Device.Types.State StateOf(DeviceLifeState state) => state switch
    {
        DeviceLifeState.Onboarded => Device.Types.State.Onboarded,
        DeviceLifeState.WaitingOnActivation => Device.Types.State.WaitingOnActivation,
        DeviceLifeState.WaitingForSignIn => Device.Types.State.WaitingForSignIn,
        DeviceLifeState.SignedIn => Device.Types.State.SignedIn,
        DeviceLifeState.Offboarded => Device.Types.State.Offboarded,
        _ => Device.Types.State.Unspecified,
    };

    private static Device.Types.TrustLevel TrustOf(TrustLevel level) => level switch
    {
        TrustLevel.Claimed => Device.Types.TrustLevel.Claimed,
        TrustLevel.Network => Device.Types.TrustLevel.Network,
        TrustLevel.Token => Device.Types.TrustLevel.Token,
        TrustLevel.Certificate => Device.Types.TrustLevel.Certificate,
        _ => Device.Types.TrustLevel.Unspecified,
    };

    private static Device.Types.Compatibility CompatibilityOf(DeviceCompatibility compatibility) => compatibility switch
    {
        DeviceCompatibility.Unlisted => Device.Types.Compatibility.Unlisted,
        DeviceCompatibility.BelowMinimum => Device.Types.Compatibility.BelowMinimum,
        DeviceCompatibility.Supported => Device.Types.Compatibility.Supported,
        DeviceCompatibility.Approved => Device.Types.Compatibility.Approved,
        _ => Device.Types.Compatibility.Unspecified,
    };

    // Rows hold the names as the API shows them: WAITING_ON_ACTIVATION is WaitingOnActivation in C#.
    private static T ValueOf<T>(string name)
        where T : struct, System.Enum =>
        System.Enum.TryParse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : default;
}
