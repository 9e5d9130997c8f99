using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SipGateway.Storage;

/// <summary>Immutable arrays, also those that nobody assigned: on disk both are an empty list.</summary>
internal sealed class ImmutableArrayJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<ImmutableArray<T>>
    {
        public override bool HandleNull => true;

        public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T[]>(ref reader, options) is { } items ? ImmutableArray.Create(items) : [];

        public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options)
        {
            // Bytes are base64, as System.Text.Json writes any array of them.
            if (value is ImmutableArray<byte> bytes)
            {
                writer.WriteBase64StringValue(bytes.IsDefault ? default : bytes.AsSpan());
                return;
            }

            writer.WriteStartArray();
            foreach (var item in value.IsDefault ? [] : value)
                JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
