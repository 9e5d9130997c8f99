using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>A filter as read: conditions that must all hold, and a word to look for.</summary>
/// <param name="Terms">All of these.</param>
/// <param name="Search">The start of a MAC, user or location; null for none.</param>
internal sealed record DeviceFilter(ImmutableArray<DeviceFilterTerm> Terms, string? Search)
{
    /// <summary>No condition.</summary>
    public static readonly DeviceFilter All = new([], null);
}

/// <summary>What is wrong with a filter, and where.</summary>
/// <param name="Position">From 1, in characters.</param>
/// <param name="Message">For a person.</param>
internal sealed record FilterError(int Position, string Message);
