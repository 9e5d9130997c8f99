using System.Text.Json;
using Npgsql;

namespace SipGateway.Storage;

/// <summary>A batch of entries as statements over sets of rows, in the order in which they must happen.</summary>
internal sealed class PostgresBatch
{
    private readonly RowSet _insertState = new(BatchSql.InsertState, "tttnt", mustMatch: true);
    private readonly RowSet _updateState = new(BatchSql.UpdateState, "tttntn", mustMatch: true);
    private readonly RowSet _holdState = new(BatchSql.HoldState, "tttn", mustMatch: true);
    private readonly RowSet _noState = new(BatchSql.NoState, "ttt") { MustBeAbsent = true };
    private readonly RowSet _releaseKey = new(BatchSql.ReleaseKey, "tttt");
    private readonly RowSet _takeKey = new(BatchSql.TakeKey, "tttt", mustMatch: true);
    private readonly RowSet _removeBinding = new(BatchSql.RemoveBinding, "ttn", mustMatch: true);
    private readonly RowSet _removeContact = new(BatchSql.RemoveContact, "tt");
    private readonly RowSet _insertBinding = new(BatchSql.InsertBinding, "ttnt", mustMatch: true);
    private readonly RowSet _updateBinding = new(BatchSql.UpdateBinding, "ttntn", mustMatch: true);
    private readonly RowSet _contact = new(BatchSql.Contact, "ttnnnt");
    private readonly RowSet _refresh = new(BatchSql.Refresh, "ttnnnt");
    private readonly RowSet _otherDevice = new(BatchSql.OtherDevice, "tt");
    private readonly RowSet _otherDevices = new(BatchSql.OtherDevices, "tt");
    private readonly RowSet _device = new(BatchSql.Device, "tttttttttttnnnttt");
    private readonly RowSet _otherUsers = new(BatchSql.OtherUsers, "tt");
    private readonly RowSet _user = new(BatchSql.User, "ttttnt");
    private readonly RowSet _operation = new(BatchSql.Operation, "tttttttnn");
    private readonly RowSet _due = new(BatchSql.Due, "ttnn");
    private readonly RowSet _notDue = new(BatchSql.NotDue, "tt");
    private readonly RowSet _audit = new(BatchSql.Audit, "tnttttt");
    private readonly RowSet _event = new(BatchSql.Event, "ttnttt");
    private readonly RowSet _revocation = new(BatchSql.Revocation, "ttnn");
    private readonly RowSet _change = new(BatchSql.Change, "ttnn");
    private readonly long _nowUs;

    /// <summary>Makes the statements.</summary>
    public PostgresBatch(IEnumerable<WriteEntry> entries, DateTimeOffset now)
    {
        _nowUs = StoredTime.ToMicroseconds(now);
        foreach (var entry in entries)
            Add(entry);
    }

    /// <summary>The statements that have rows, in order.</summary>
    public IEnumerable<RowSet> Statements => ((RowSet[])
    [
        _insertState, _updateState, _holdState, _noState, _releaseKey, _takeKey, _removeBinding, _removeContact, _insertBinding, _updateBinding,
        _contact, _refresh, _otherDevice, _otherDevices, _device, _otherUsers, _user, _operation, _due, _notDue, _audit, _event, _revocation,
        _change,
    ]).Where(set => set.Count > 0);

    /// <summary>The version a state has once its entry won; 0 where there is none.</summary>
    public static long VersionAfter(WriteEntry entry) => entry switch
    {
        StateEntry { ExpectedVersion: 0, Json: null } => 0,
        StateEntry state => state.ExpectedVersion + 1,
        EffectsEntry effects => effects.Version,
        _ => 0,
    };

    private void Add(WriteEntry entry)
    {
        switch (entry)
        {
            case StateEntry state:
                AddState(state);
                AddEffects(state.StateKey, VersionAfter(state), state.Effects);
                break;
            case EffectsEntry effects:
                AddHeld(effects);
                AddEffects(effects.StateKey, effects.Version, effects.Effects);
                break;
            case AuditEntry audit:
                AddAudit(audit.Rows);
                break;
            case EventsEntry events:
                AddEvents(events.Rows);
                break;
            case ContactsEntry contacts:
                foreach (var row in contacts.Rows)
                    AddContact(_refresh, row);
                break;
        }
    }

    private void AddState(StateEntry entry)
    {
        var (type, key, name) = entry.StateKey;
        if (entry is { ExpectedVersion: 0, Json: null })
            _noState.Add(type, key, name);
        else if (entry.ExpectedVersion == 0)
            _insertState.Add(type, key, name, _nowUs, entry.Json);
        else
            _updateState.Add(type, key, name, _nowUs, entry.Json, entry.ExpectedVersion);
    }

    private void AddHeld(EffectsEntry entry)
    {
        var (type, key, name) = entry.StateKey;
        if (entry.Version == 0)
            _noState.Add(type, key, name);
        else
            _holdState.Add(type, key, name, entry.Version);
    }

    private void AddEffects(StateKey state, long version, StateEffects effects)
    {
        foreach (var (kind, key) in effects.ReleasedKeys)
            _releaseKey.Add(kind, key, state.GrainType, state.Key);
        foreach (var (kind, key) in effects.TakenKeys.Distinct())
            _takeKey.Add(kind, key, state.GrainType, state.Key);
        AddBindings(state.Key, effects);
        if (effects.Devices is { } devices)
            AddDevices(state.Key, devices);
        if (effects.Users is { } users)
            AddUsers(state.Key, users);
        // What a write that failed left behind travels with the next one: the newest counts.
        foreach (var row in effects.Operations.Reverse().DistinctBy(row => (row.Tenant, row.Id)))
        {
            _operation.Add(row.Tenant, row.Id, row.Kind, row.Owner, row.Status, row.Message, row.ResultsJson,
                StoredTime.ToMicroseconds(row.CreatedAtUtc), StoredTime.ToMicroseconds(row.EndedAtUtc));
        }

        AddDue(state, effects);
        AddAudit(effects.Audit);
        AddEvents(effects.Events);
        foreach (var row in effects.Revocations)
            _revocation.Add(row.Edge, row.Mac, row.Version, _nowUs);
        _change.Add(state.GrainType, state.Key, version, _nowUs);
    }

    private void AddBindings(string mac, StateEffects effects)
    {
        foreach (var (id, generation) in effects.RemovedBindings)
        {
            _removeBinding.Add(mac, id, generation);
            _removeContact.Add(mac, id);
        }

        foreach (var row in effects.Bindings)
        {
            var contact = row.Contact;
            if (row.ReplacedGeneration == 0)
                _insertBinding.Add(contact.Mac, contact.BindingId, contact.Generation, row.Json);
            else
                _updateBinding.Add(contact.Mac, contact.BindingId, contact.Generation, row.Json, row.ReplacedGeneration);
            AddContact(_contact, contact);
        }
    }

    private static void AddContact(RowSet set, ContactRow row) => set.Add(row.Mac, row.BindingId, row.Generation,
        StoredTime.ToMicroseconds(row.ExpiresAtUtc), StoredTime.ToMicroseconds(row.LastSeenAtUtc), row.Source);

    private void AddDevices(string mac, IReadOnlyList<DeviceRow> rows)
    {
        // Nearly every device has one row.
        if (rows is [var only])
            _otherDevice.Add(mac, only.Tenant);
        else
            _otherDevices.Add(mac, JsonSerializer.Serialize(rows.Select(row => row.Tenant)));
        foreach (var row in rows)
        {
            _device.Add(
                row.Tenant, row.Mac, row.State, row.TrustLevel, row.Location, FoldedText.Of(row.Location), row.Vendor, row.Model, row.Firmware,
                row.UserId, row.Site, StoredTime.ToMicroseconds(row.CreatedAtUtc), row.Version,
                StoredTime.ToMicroseconds(row.LastSeenAtUtc), row.Source, row.Attention, row.Tags);
        }
    }

    private void AddUsers(string owner, IReadOnlyCollection<UserRow> rows)
    {
        _otherUsers.Add(owner, JsonSerializer.Serialize(rows.Select(row => row.Tenant + "/" + row.UserId)));
        foreach (var row in rows)
            _user.Add(row.Tenant, row.UserId, row.DisplayName, row.PhoneNumber, StoredTime.ToMicroseconds(row.CreatedAtUtc), owner);
    }

    private void AddDue(StateKey state, StateEffects effects)
    {
        if (effects.DueAtUtc is not { } due)
            return;
        if (due == Storage.Due.Never)
            _notDue.Add(state.GrainType, state.Key);
        else
            _due.Add(state.GrainType, state.Key, (long)DueShard.Of(state.GrainType, state.Key), StoredTime.ToMicroseconds(due));
    }

    private void AddAudit(IEnumerable<AuditRow> rows)
    {
        foreach (var row in rows)
        {
            _audit.Add(Column(row.Tenant), StoredTime.ToMicroseconds(row.AtUtc), Column(row.Actor), Column(row.Action), Column(row.Target),
                Column(row.Outcome), Sentence(row.Detail));
        }
    }

    private void AddEvents(IEnumerable<DeviceEventRow> rows)
    {
        foreach (var row in rows)
        {
            _event.Add(Column(row.Tenant), Column(row.Mac), StoredTime.ToMicroseconds(row.AtUtc), Column(row.Kind), Sentence(row.Message),
                Column(row.Source));
        }
    }

    private static string Column(string text) => StoredText.Clean(text, StorageLimits.MaxColumnChars);

    private static string Sentence(string text) => StoredText.Clean(text, StorageLimits.MaxSentenceChars);
}
