using System.Collections;
using System.Text;

namespace SipGateway.Sip;

/// <summary>The parameters of a header value or URI, in the order received. Names are compared without case.</summary>
public readonly struct SipParameters : IReadOnlyList<SipParameter>, IEquatable<SipParameters>
{
    /// <summary>No parameters.</summary>
    public static readonly SipParameters None;

    private readonly SipParameter[]? _items;

    internal SipParameters(SipParameter[]? items) => _items = items;

    /// <inheritdoc />
    public int Count => _items?.Length ?? 0;

    /// <inheritdoc />
    public SipParameter this[int index] => (_items ?? [])[index];

    /// <summary>The value without quotes of the first parameter of that name; null when it is absent or has no value.</summary>
    public string? this[string name] => TryGet(name, out var value) ? value : null;

    /// <summary>Whether two lists have the same parameters in the same order.</summary>
    public static bool operator ==(SipParameters left, SipParameters right) => left.Equals(right);

    /// <summary>Whether two lists differ.</summary>
    public static bool operator !=(SipParameters left, SipParameters right) => !left.Equals(right);

    /// <summary>Whether there is one of that name.</summary>
    public bool Contains(string name) => TryGet(name, out _);

    /// <summary>Finds the first of that name.</summary>
    /// <param name="name">In any case.</param>
    /// <param name="value">Its value without quotes; null when it has none.</param>
    public bool TryGet(string name, out string? value)
    {
        foreach (var item in _items ?? [])
        {
            if (string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = item.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The same parameters with this one set: replaced where it stands, else at the end.</summary>
    /// <param name="name">A token.</param>
    /// <param name="rawValue">As it will be written, i.e. quoted where it must be; null for none.</param>
    public SipParameters With(string name, string? rawValue = null)
    {
        var before = _items ?? [];
        var at = Array.FindIndex(before, item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase));
        var items = new SipParameter[at < 0 ? before.Length + 1 : before.Length];
        before.CopyTo(items, 0);
        items[at < 0 ? before.Length : at] = new SipParameter(name, rawValue);
        return new SipParameters(items);
    }

    /// <summary>The same parameters but those of that name.</summary>
    public SipParameters Without(string name) => new(
        [.. (_items ?? []).Where(item => !string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase))]);

    /// <inheritdoc />
    public bool Equals(SipParameters other) => (_items ?? []).SequenceEqual(other._items ?? []);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SipParameters other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public IEnumerator<SipParameter> GetEnumerator() => ((IEnumerable<SipParameter>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>;a=b;c</c>, empty when there are none.</summary>
    public override string ToString()
    {
        if (Count == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        foreach (var item in _items!)
        {
            text.Append(';').Append(item.Name);
            if (item.RawValue is not null)
            {
                text.Append('=').Append(item.RawValue);
            }
        }

        return text.ToString();
    }

    /// <summary><c>*( SEMI name [ EQUAL value ] )</c> with blanks around separators; stops before anything else.</summary>
    internal static bool TryRead(ref SipCursor cursor, out SipParameters parameters)
    {
        parameters = None;

        // Semicolons tell how many there can be, so that the usual value needs one array of the right length.
        var items = default(SipParameter[]);
        var (count, most) = (0, Math.Min(cursor.Rest.Count((byte)';'), SipLimits.MaxParameterCount));
        while (cursor.TryConsumeSeparator((byte)';'))
        {
            if (!cursor.TryReadToken(out var name) || count == most)
            {
                return false;
            }

            var value = default(string);
            if (cursor.TryConsumeSeparator((byte)'='))
            {
                if (!(cursor.Peek == '"' 
                        ? cursor.TryReadQuoted(out var raw)
                        : cursor.TryReadUntil(SipCharacters.ParameterValueEnd, out raw)))
                {
                    return false;
                }

                value = SipCursor.Decode(raw);
            }

            (items ??= new SipParameter[most])[count++] = new SipParameter(KnownTexts.Decode(name), value);
        }

        parameters = new SipParameters(items is null || count == items.Length ? items : items[..count]);
        return true;
    }
}
