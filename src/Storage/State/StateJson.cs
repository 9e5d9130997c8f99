using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SipGateway.Storage;

/// <summary>
/// States as JSON: camelCase, <c>schemaVersion</c> first, enums by name as the API spells them, and no name of a CLR type, so that
/// code can be moved and renamed without a migration.
/// </summary>
internal static class StateJson
{
    private const string SchemaVersionName = "schemaVersion";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Names, locations and emoji stay readable in the file; the text never meets HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false), new ImmutableArrayJson() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { PutSchemaVersionFirst } },
    };

    public static string Write(StoredState state) => JsonSerializer.Serialize(state, state.GetType(), Options);

    /// <summary>Reads a state, of this or an older schema.</summary>
    /// <exception cref="StorageFailedException">It was written by newer code, or is no such state.</exception>
    public static StoredState Read(Type type, string json, StateKey key)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var stored = ReadSchemaVersion(bytes);
            var empty = (StoredState)Activator.CreateInstance(type)!;
            if (stored > empty.SchemaVersion)
                throw new StorageFailedException(
                    $"The state {key} has schema {stored}, this gateway knows {empty.SchemaVersion} at most: "
                    + "a newer version wrote it. Start that one.");
            var state = stored == empty.SchemaVersion
                ? JsonSerializer.Deserialize(bytes, type, Options)
                : empty.Upgrade((JsonObject)JsonNode.Parse(bytes)!, stored).Deserialize(type, Options);
            return (StoredState)state!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidCastException or InvalidOperationException
            or FormatException)
        {
            throw new StorageFailedException(
                $"The state {key} cannot be read ({exception.Message}) and was left as it is. Restore it from a backup, or report it.",
                exception);
        }
    }

    // The first property, always: so the text need not be parsed twice.
    private static int ReadSchemaVersion(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(SchemaVersionName)
            && reader.Read())
            return reader.GetInt32();
        throw new JsonException("it does not begin with its schema version");
    }

    private static void PutSchemaVersionFirst(JsonTypeInfo info)
    {
        if (!info.Type.IsAssignableTo(typeof(StoredState)))
            return;
        foreach (var property in info.Properties)
        {
            if (property.Name == SchemaVersionName)
                property.Order = int.MinValue;
        }
    }
}
