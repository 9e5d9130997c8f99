using Google.Rpc;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>The call about DHCP servers.</summary>
internal sealed class DhcpCalls(IGrainFactory grains) : Admin.V1.Dhcp.DhcpBase
{
    private const string SummerTime =
        "Option 2 is the offset of standard time and knows no summer time; phones in service get their zone from their policy.";

    /// <inheritdoc/>
    public override async Task<ListDhcpSnippetsResponse> ListDhcpSnippets(ListDhcpSnippetsRequest request, ServerCallContext context)
    {
        var dialects = DhcpDialects.Of(request.Server);
        if (dialects.Count == 0)
        {
            throw Refused([new("server", "must be ISC, KEA, DNSMASQ, WINDOWS or CISCO_IOS")]);
        }

        var (url, note) = request.ProvisioningUrl.Length > 0 ? (request.ProvisioningUrl, "") : await OwnUrlAsync();
        var (values, refusals) = DhcpValues.Read(url, request.NtpServers, request.TimeZone, request.Vendor);
        if (values is null)
        {
            throw Refused(refusals);
        }

        if (dialects.Select(d => d.Refuse(values)).OfType<DhcpRefusal>().ToList() is { Count: > 0 } others)
        {
            throw Refused(others);
        }

        string[] notes = [note, values.TimeOffsetSeconds is null ? "" : SummerTime];
        var response = new ListDhcpSnippetsResponse();
        response.DhcpSnippets.AddRange(dialects.Select(dialect => new DhcpSnippet
        {
            Name = $"dhcpSnippets/{DhcpDialects.NameOf(dialect.Server)}",
            Server = dialect.Server,
            Text = dialect.Write(values),
            ProvisioningUrl = values.ProvisioningUrl,
            Notes = { notes.Prepend(dialect.Place).Where(n => n.Length > 0) },
        }));
        return response;
    }

    // Where the edges tell phones to fetch from. A network's server can name one only.
    private async Task<(string Url, string Note)> OwnUrlAsync()
    {
        var edges = await grains.GetGrain<IEdgeListGrain>(IEdgeListGrain.Key).List();
        var urls = edges.Select(e => e.Facts.ProvisioningRoot).Where(u => u.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return urls.Count switch
        {
            0 => throw AdminErrors.Make(
                StatusCode.FailedPrecondition,
                "NO_EDGE",
                "No edge is there that could say where phones fetch from. Start one, or give provisioning_url."),
            1 => (urls[0], ""),
            _ => (urls[0], $"There are {urls.Count} edges, and this names one: {string.Join(", ", urls)}. "
                + "Give provisioning_url to name another, or a name that leads to all."),
        };
    }

    private static RpcException Refused(IReadOnlyList<DhcpRefusal> refusals) => AdminErrors.Make(
        StatusCode.InvalidArgument,
        "INVALID_FIELD",
        string.Join("; ", refusals.Select(r => $"{r.Field}: {r.Sentence}")),
        new BadRequest { FieldViolations = { refusals.Select(r => new BadRequest.Types.FieldViolation { Field = r.Field, Description = r.Sentence }) } });
}
