namespace SipGateway.Edge;

/// <summary>What a user agent says. It routes, and proves nothing.</summary>
/// <param name="Vendor">The vendor folder's name.</param>
/// <param name="Model">Such as <c>T46S</c>.</param>
/// <param name="Firmware">Such as <c>66.86.5.1</c>.</param>
/// <param name="Mac">12 lower-case hex digits; empty when the user agent has none.</param>
internal sealed record RecognizedPhone(string Vendor, string Model, string Firmware, string Mac);
