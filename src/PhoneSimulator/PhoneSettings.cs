using System.Globalization;

namespace SipGateway.PhoneSimulator;

/// <summary>The phone's configuration: what provisioning set, over what the factory gave. Keys are the vendor's.</summary>
public sealed class PhoneSettings
{
    private readonly Dictionary<string, string> _values;

    internal PhoneSettings(IDictionary<string, string>? values = null) => _values = new(values ?? new Dictionary<string, string>());

    /// <summary>Everything that provisioning set.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The value of a key; null when it was never set or was cleared.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>A number; the factory's when the key was never set or holds none.</summary>
    public int Number(string key, int factoryValue) =>
        int.TryParse(this[key], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : factoryValue;

    /// <summary>A switch: 0 is off, anything else on; the factory's when the key was never set.</summary>
    public bool Switch(string key, bool factoryValue) => this[key] is { } value ? value != "0" : factoryValue;

    /// <summary>Applies one file over what is there.</summary>
    internal void Apply(PhoneFile file)
    {
        foreach (var (key, value) in file.Settings)
        {
            if (value is null)
            {
                _values.Remove(key);
            }
            else
            {
                _values[key] = value;
            }
        }
    }

    internal void Clear() => _values.Clear();
}
