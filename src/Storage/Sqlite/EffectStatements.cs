using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>Writes the row sets of a state: inventory, users, operations, unique keys.</summary>
internal sealed class EffectStatements : IDisposable
{
    private readonly SqliteStatement _device;
    private readonly SqliteStatement _deviceFacts;
    private readonly SqliteStatement _otherDevice;
    private readonly SqliteStatement _otherDevices;
    private readonly SqliteStatement _user;
    private readonly SqliteStatement _otherUsers;
    private readonly SqliteStatement _operation;
    private readonly SqliteStatement _takeKey;
    private readonly SqliteStatement _keyOwner;
    private readonly SqliteStatement _releaseKey;

    public EffectStatements(SqliteConnection connection)
    {
        _device = new(connection, EffectSql.Device, 17);
        _deviceFacts = new(connection, EffectSql.DeviceFacts, 17);
        _otherDevice = new(connection, "DELETE FROM device WHERE mac = $1 AND tenant <> $2", 2);
        _otherDevices = new(connection, "DELETE FROM device WHERE mac = $1 AND tenant NOT IN (SELECT value FROM json_each($2))", 2);
        _user = new(connection, EffectSql.User, 6);
        _otherUsers = new(connection,
            "DELETE FROM gateway_user WHERE owner = $1 AND tenant || '/' || user_id NOT IN (SELECT value FROM json_each($2))", 2);
        _operation = new(connection, EffectSql.Operation, 9);
        _takeKey =
            new(connection, "INSERT INTO unique_key (kind, key, owner_type, owner) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 4);
        _keyOwner = new(connection, "SELECT owner_type, owner FROM unique_key WHERE kind = $1 AND key = $2", 2);
        _releaseKey = new(connection, "DELETE FROM unique_key WHERE kind = $1 AND key = $2 AND owner_type = $3 AND owner = $4", 4);
    }

    /// <summary>Gives back and takes unique keys.</summary>
    /// <returns>Null when all could be taken.</returns>
    public WriteVerdict.KeyTaken? TakeKeys(StateKey state, StateEffects effects)
    {
        var (type, grain, _) = state;
        foreach (var (kind, key) in effects.ReleasedKeys)
            _releaseKey.Execute(kind, key, type, grain);
        foreach (var unique in effects.TakenKeys)
        {
            if (_takeKey.Execute(unique.Kind, unique.Key, type, grain) == 1)
                continue;
            var owner = _keyOwner.Read(row => (Type: row.GetString(0), Key: row.GetString(1)), unique.Kind, unique.Key)[0];
            if (owner != (type, grain))
                return new WriteVerdict.KeyTaken(unique, owner.Key);
        }

        return null;
    }

    /// <summary>Writes the rows.</summary>
    public void WriteRows(string grain, StateEffects effects)
    {
        if (effects.Devices is { } devices)
            WriteDevices(grain, devices);
        if (effects.Users is { } users)
            WriteUsers(grain, users);
        foreach (var row in effects.Operations)
        {
            _operation.Execute(row.Tenant, row.Id, row.Kind, row.Owner, row.Status, row.Message, row.ResultsJson,
                StoredTime.ToMicroseconds(row.CreatedAtUtc), StoredTime.ToMicroseconds(row.EndedAtUtc));
        }
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])
        [
            _device, _deviceFacts, _otherDevice, _otherDevices, _user, _otherUsers, _operation, _takeKey, _keyOwner, _releaseKey,
        ])
            part.Dispose();
    }

    private void WriteDevices(string mac, IReadOnlyCollection<DeviceRow> rows)
    {
        KeepOnly(mac, [.. rows.Select(row => row.Tenant)], _otherDevice, _otherDevices);
        foreach (var row in rows)
        {
            object?[] values =
            [
                row.Tenant, row.Mac, row.State, row.TrustLevel, row.Location, FoldedText.Of(row.Location), row.Vendor, row.Model, row.Firmware,
                row.UserId, row.Site, StoredTime.ToMicroseconds(row.CreatedAtUtc), row.Version,
                StoredTime.ToMicroseconds(row.LastSeenAtUtc), row.Source, row.Attention, row.Tags,
            ];
            if (_deviceFacts.Execute(values) == 0)
                _device.Execute(values);
        }
    }

    private void WriteUsers(string owner, IReadOnlyCollection<UserRow> rows)
    {
        _otherUsers.Execute(owner, JsonSerializer.Serialize(rows.Select(row => row.Tenant + "/" + row.UserId)));
        foreach (var row in rows)
            _user.Execute(row.Tenant, row.UserId, row.DisplayName, row.PhoneNumber, StoredTime.ToMicroseconds(row.CreatedAtUtc), owner);
    }

    // Nearly every device has one row, and taking a list apart costs SQLite more than everything else it does here.
    private static void KeepOnly(string mac, string[] names, SqliteStatement otherThanOne, SqliteStatement others)
    {
        if (names is [var one])
            otherThanOne.Execute(mac, one);
        else
            others.Execute(mac, JsonSerializer.Serialize(names));
    }
}
