using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The calls about users.</summary>
internal sealed class UsersCalls(IGrainFactory grains, TenantAccess tenants, IInventoryReader inventory, TimeProvider time)
    : Admin.V1.Users.UsersBase
{
    private static readonly string[] Changeable = ["display_name", "phone_number", "policy", "initial_password"];

    /// <inheritdoc/>
    public override async Task<User> CreateUser(CreateUserRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var asked = request.User ?? new User();
        var profile = new UserProfile
        {
            UserId = ResourceNames.UserId(asked.UserId, "user_id"),
            DisplayName = asked.DisplayName,
            PhoneNumber = asked.PhoneNumber,
            PolicyId = asked.Policy,
        };
        await tenants.EnsureForWritingAsync(tenant, context);
        var outcome = await Grain(tenant, profile.UserId).Create(new CreateUserCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly),
            Profile = profile,
            InitialPassword = asked.InitialPassword,
        });
        outcome.Outcome.ThrowUnlessDone(NameOf(tenant, profile.UserId), "user");
        return From(tenant, outcome.Profile ?? profile);
    }

    /// <inheritdoc/>
    public override async Task<ListUsersResponse> ListUsers(ListUsersRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var size = PageTokens.Size(request.PageSize);
        var key = PageTokens.Unwrap(request.PageToken, request.Parent);
        await tenants.EnsureThereAsync(tenant);
        var page = await PageTokens.ReadAsync(() => inventory.ListUsersAsync(tenant, size, key, context.CancellationToken));
        var response = new ListUsersResponse { NextPageToken = PageTokens.Wrap(page.NextKey, request.Parent) };
        response.Users.AddRange(page.Items.Select(row => new User
        {
            Name = NameOf(tenant, row.UserId),
            UserId = row.UserId,
            DisplayName = row.DisplayName,
            PhoneNumber = row.PhoneNumber,
            CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAtUtc),
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<User> GetUser(GetUserRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.User(request.Name);
        return await Grain(tenant, id).Get() is { } profile
            ? From(tenant, profile)
            : throw AdminErrors.NotFound(NameOf(tenant, id), "USER_NOT_FOUND");
    }

    /// <inheritdoc/>
    public override async Task<ListUserDevicesResponse> ListUserDevices(ListUserDevicesRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.User(request.Parent, "parent");
        _ = await Grain(tenant, id).Get() ?? throw AdminErrors.NotFound(NameOf(tenant, id), "USER_NOT_FOUND");
        var found = await inventory.FindDevicesOfUserAsync(tenant, id, context.CancellationToken);
        var response = new ListUserDevicesResponse();
        response.Devices.AddRange(found.Select(row => DeviceMessages.FromRow(row, time.GetUtcNow())));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<User> UpdateUser(UpdateUserRequest request, ServerCallContext context)
    {
        var asked = request.User ?? new User();
        var (tenant, id) = ResourceNames.User(asked.Name, "user.name");
        var mask = UpdateMask.Of(request.UpdateMask, asked, Changeable);
        var outcome = await Grain(tenant, id).Update(new UpdateUserCommand
        {
            Context = context.Command(tenant, request.RequestId, request.ValidateOnly, asked.Etag),
            DisplayName = mask.Choose("display_name", asked.DisplayName, null!),
            PhoneNumber = mask.Choose("phone_number", asked.PhoneNumber, null!),
            PolicyId = mask.Choose("policy", asked.Policy, null!),
            Password = mask.Choose("initial_password", asked.InitialPassword, null!),
        });
        outcome.Outcome.ThrowUnlessDone(NameOf(tenant, id), "user");
        return outcome.Profile is { } profile ? From(tenant, profile) : await GetUser(new GetUserRequest { Name = asked.Name }, context);
    }

    /// <inheritdoc/>
    public override async Task<Empty> DeleteUser(DeleteUserRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.User(request.Name);
        var outcome = await Grain(tenant, id).Delete(context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag));
        outcome.ThrowUnlessDone(NameOf(tenant, id));
        return new Empty();
    }

    private IUserGrain Grain(string tenant, string id) => grains.GetGrain<IUserGrain>($"{tenant}/{id.ToLowerInvariant()}");

    private static string NameOf(string tenant, string id) => $"tenants/{tenant}/users/{id}";

    private static User From(string tenant, UserProfile profile) => new()
    {
        Name = NameOf(tenant, profile.UserId),
        UserId = profile.UserId,
        DisplayName = profile.DisplayName,
        PhoneNumber = profile.PhoneNumber,
        Policy = profile.PolicyId,
        CreateTime = Timestamp.FromDateTimeOffset(profile.CreatedAtUtc),
        Etag = CommandContexts.EtagOf(profile.Version),
        Calls = new Admin.V1.CallSettings
        {
            DoNotDisturb = profile.Calls.DoNotDisturb,
            ForwardTo = profile.Calls.ForwardTo,
            ForwardOnTimeoutTo = profile.Calls.ForwardOnTimeoutTo,
            SimultaneousRing = profile.Calls.SimultaneousRing,
        },
    };
}
