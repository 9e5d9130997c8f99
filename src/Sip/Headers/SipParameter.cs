namespace SipGateway.Sip;

/// <summary>One <c>;name=value</c> of a header value or URI.</summary>
/// <param name="Name">As received; compared without case.</param>
/// <param name="RawValue">As received, with quotes and escapes; null when the parameter has no value.</param>
public readonly record struct SipParameter(string Name, string? RawValue = null)
{
    /// <summary>The value without quotes; null when there is none.</summary>
    public string? Value => RawValue is null ? null : SipCursor.Unquote(RawValue);

    /// <summary><c>name</c> or <c>name=value</c>.</summary>
    public override string ToString() => RawValue is null ? Name : Name + "=" + RawValue;
}
