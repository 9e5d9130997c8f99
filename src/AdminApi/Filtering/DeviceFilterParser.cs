using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>
/// The part of AIP-160 that an index can serve: comparisons joined by AND (or by nothing), and one bare word. Pure; hostile text gives an error with its
/// position, never an exception.
/// </summary>
internal static class DeviceFilterParser
{
    /// <summary>Reads a filter.</summary>
    /// <returns>Exactly one of the two is set.</returns>
    public static (DeviceFilter? Filter, FilterError? Error) Parse(string text)
    {
        var (terms, search, error) = FilterReading<DeviceFilterTerm>.Read(text, Compare, looksForWords: true);
        return error is null ? (new DeviceFilter(terms, search), null) : (null, error);
    }

    private static FilterError? Compare(FilterToken name, string sign, FilterToken value, out DeviceFilterTerm? term)
    {
        term = null;
        return name.Kind == FilterTokenKind.Word && DeviceFilterFields.TryFind(name.Text, out var field)
            ? DeviceFilterFields.TryCompare(field, sign, value, out term)
            : new FilterError(name.Position, $"'{ResourceNames.Shown(name.Text)}' is no field; there are {DeviceFilterFields.Names}");
    }
}
