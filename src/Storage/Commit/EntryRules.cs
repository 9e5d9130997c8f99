namespace SipGateway.Storage;

/// <summary>What an entry must keep before it may join a batch, so that no caller can hurt the others.</summary>
internal static class EntryRules
{
    /// <summary>Checks an entry.</summary>
    /// <exception cref="WriteRefusedException">With every reason.</exception>
    public static void Check(WriteEntry entry)
    {
        var errors = new List<string>();
        switch (entry)
        {
            case StateEntry state:
                CheckState(state, errors);
                break;
            case EffectsEntry effects:
                CheckEffects(effects.StateKey.Key, effects.Effects, errors);
                break;
            case ContactsEntry:
                // Checked one by one when they were queued.
                break;
            case AuditEntry or EventsEntry:
                // What happened must be written down whatever it contains: these rows are cleaned on writing, never refused.
                break;
        }

        if (errors.Count > 0)
            throw new WriteRefusedException("The write was refused, nothing of it happened: " + string.Join(' ', errors));
    }

    private static void CheckState(StateEntry entry, List<string> errors)
    {
        StoredText.Check(errors, "grain type", entry.StateKey.GrainType, StorageLimits.MaxKeyChars);
        StoredText.Check(errors, "grain key", entry.StateKey.Key, StorageLimits.MaxKeyChars);
        StoredText.Check(errors, "state name", entry.StateKey.StateName, StorageLimits.MaxKeyChars);
        if (entry.Json is { } json)
            StoredText.Check(errors, "state", json, StorageLimits.MaxDocumentChars);
        CheckEffects(entry.StateKey.Key, entry.Effects, errors);
    }

    private static void CheckEffects(string grainKey, StateEffects effects, List<string> errors)
    {
        foreach (var row in effects.Devices ?? [])
            CheckDevice(row, grainKey, errors);
        foreach (var row in effects.Bindings)
        {
            CheckContact(row.Contact, errors);
            CheckOwn("binding", row.Contact.Mac, grainKey, errors);
            StoredText.Check(errors, "binding", row.Json, StorageLimits.MaxDocumentChars);
        }

        foreach (var row in effects.Users ?? [])
            CheckUser(row, errors);
        foreach (var row in effects.Operations)
            CheckOperation(row, errors);
        foreach (var key in effects.TakenKeys.Concat(effects.ReleasedKeys))
            CheckColumns(errors, ("kind of a unique key", key.Kind), ("unique key", key.Key));
        foreach (var row in effects.Revocations)
            CheckColumns(errors, ("edge of a revocation", row.Edge), ("MAC of a revocation", row.Mac));
    }

    private static void CheckDevice(DeviceRow row, string grainKey, List<string> errors)
    {
        CheckOwn("device", row.Mac, grainKey, errors);
        CheckColumns(errors, ("tenant", row.Tenant), ("mac", row.Mac), ("state", row.State), ("trustLevel", row.TrustLevel));
        CheckColumns(errors, ("location", row.Location), ("vendor", row.Vendor), ("model", row.Model), ("firmware", row.Firmware));
        CheckColumns(errors, ("user", row.UserId), ("site", row.Site), ("source", row.Source), ("attention", row.Attention), ("tags", row.Tags));
    }

    private static void CheckUser(UserRow row, List<string> errors) =>
        CheckColumns(errors, ("tenant", row.Tenant), ("user", row.UserId), ("displayName", row.DisplayName), ("phoneNumber",
            row.PhoneNumber));

    private static void CheckOperation(OperationRow row, List<string> errors)
    {
        CheckColumns(errors, ("tenant", row.Tenant), ("operation", row.Id), ("kind", row.Kind), ("owner", row.Owner), ("status",
            row.Status));
        StoredText.Check(errors, "message", row.Message, StorageLimits.MaxSentenceChars);
        StoredText.Check(errors, "results", row.ResultsJson, StorageLimits.MaxDocumentChars);
    }

    /// <summary>Whether a refresh can be stored: it travels with those of others, which it must not hurt.</summary>
    public static bool Accepts(ContactRow row)
    {
        var errors = new List<string>();
        CheckContact(row, errors);
        return errors.Count == 0;
    }

    private static void CheckContact(ContactRow row, List<string> errors) =>
        CheckColumns(errors, ("mac", row.Mac), ("binding", row.BindingId), ("source", row.Source));

    private static void CheckColumns(List<string> errors, params ReadOnlySpan<(string Name, string Value)> columns)
    {
        foreach (var (name, value) in columns)
            StoredText.Check(errors, name, value, StorageLimits.MaxColumnChars);
    }

    private static void CheckOwn(string what, string mac, string grainKey, List<string> errors)
    {
        if (!string.Equals(mac, grainKey, StringComparison.Ordinal))
            errors.Add($"A {what} row of {mac} cannot be written by the grain of {grainKey}.");
    }
}
