using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using Domain = SipGateway.Grains.Interfaces;
using Site = SipGateway.Admin.V1.Site;

namespace SipGateway.AdminApi;

/// <summary>The calls about sites.</summary>
internal sealed class SitesCalls(TenantAccess tenants) : Admin.V1.Sites.SitesBase
{
    private const string Collection = "sites";
    private static readonly string[] Changeable = ["display_name", "policy"];

    /// <inheritdoc/>
    public override async Task<Site> CreateSite(CreateSiteRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var asked = request.Site ?? new Site();
        var site = new Domain.Site
        {
            SiteId = ResourceNames.Id(asked.SiteId, "site_id"),
            DisplayName = asked.DisplayName,
            PolicyId = asked.Policy.Length == 0 ? "" : ResourceNames.Id(asked.Policy, "policy"),
        };
        await tenants.EnsureForWritingAsync(tenant, context);
        return await PutAsync(tenant, site, mustBeNew: true, context.Command(tenant, request.RequestId, request.ValidateOnly));
    }

    /// <inheritdoc/>
    public override async Task<ListSitesResponse> ListSites(ListSitesRequest request, ServerCallContext context)
    {
        var snapshot = await tenants.GetAsync(ResourceNames.Tenant(request.Parent));
        var (items, next) = SnapshotPages.Cut(snapshot.Sites, request.PageSize, request.PageToken, request.Parent);
        var response = new ListSitesResponse { NextPageToken = next };
        response.Sites.AddRange(items.Select(s => From(snapshot.Tenant, snapshot.Version, s)));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Site> GetSite(GetSiteRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Named(request.Name, Collection);
        var snapshot = await tenants.GetAsync(tenant);
        return snapshot.Sites.TryGetValue(id, out var site)
            ? From(tenant, snapshot.Version, site)
            : throw AdminErrors.NotFound(NameOf(tenant, id), "SITE_NOT_FOUND");
    }

    /// <inheritdoc/>
    public override async Task<Site> UpdateSite(UpdateSiteRequest request, ServerCallContext context)
    {
        var asked = request.Site ?? new Site();
        var (tenant, id) = ResourceNames.Named(asked.Name, Collection, "site.name");
        if (request.AllowMissing)
        {
            await tenants.EnsureForWritingAsync(tenant, context);
        }

        var snapshot = await tenants.GetAsync(tenant);
        if (!snapshot.Sites.TryGetValue(id, out var old) && !request.AllowMissing)
        {
            throw AdminErrors.NotFound(NameOf(tenant, id), "SITE_NOT_FOUND", "Send allow_missing to have it made.");
        }

        var mask = UpdateMask.Of(request.UpdateMask, asked, Changeable);
        var site = new Domain.Site
        {
            SiteId = id,
            DisplayName = mask.Choose("display_name", asked.DisplayName, old?.DisplayName ?? ""),
            PolicyId = mask.Choose("policy", asked.Policy, old?.PolicyId ?? ""),
        };
        var etag = asked.Etag.Length > 0 ? asked.Etag : CommandContexts.EtagOf(snapshot.Version);
        return await PutAsync(tenant, site, mustBeNew: false, context.Command(tenant, request.RequestId, request.ValidateOnly, etag));
    }

    /// <inheritdoc/>
    public override async Task<Empty> DeleteSite(DeleteSiteRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Named(request.Name, Collection);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        (await tenants.Grain(tenant).DeleteSite(command, id)).ThrowUnlessDone(NameOf(tenant, id));
        return new Empty();
    }

    private async Task<Site> PutAsync(string tenant, Domain.Site site, bool mustBeNew, AdminContext command)
    {
        (await tenants.Grain(tenant).PutSite(command, site, mustBeNew)).ThrowUnlessDone(NameOf(tenant, site.SiteId), "site");
        var snapshot = await tenants.GetAsync(tenant);
        return From(tenant, snapshot.Version, command.ValidateOnly ? site : snapshot.Sites.GetValueOrDefault(site.SiteId, site));
    }

    private static string NameOf(string tenant, string id) => $"tenants/{tenant}/sites/{id}";

    private static Site From(string tenant, long version, Domain.Site site) => new()
    {
        Name = NameOf(tenant, site.SiteId),
        SiteId = site.SiteId,
        DisplayName = site.DisplayName,
        Policy = site.PolicyId,
        Etag = CommandContexts.EtagOf(version),
    };
}
