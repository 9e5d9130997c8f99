using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw users</c></summary>
internal static class UsersCommand
{
    private static readonly Column<User>[] Columns =
        [new("USER", u => u.UserId), new("NAME", u => u.DisplayName), new("NUMBER", u => u.PhoneNumber), new("POLICY", u => u.Policy),
            new("CREATED", u => Texts.Time(u.CreateTime))];

    public static Command Create() => new("users", "The people of a tenant")
    {
        List(),
        OnOne("get", "Shows one user", async (session, name) =>
            Show(session, await Client(session).GetUserAsync(new GetUserRequest { Name = name }, session.Call))),
        Change("create", "Makes a user", CreateAsync),
        Change("update", "Changes what is given", UpdateAsync),
        OnOne("devices", "Lists the phones and lines that the user is signed in on", DevicesAsync),
        OnOne("delete", "Deletes a user; the user's phones are signed out", async (session, name) =>
        {
            await Client(session).DeleteUserAsync(new DeleteUserRequest { Name = name }, session.Call);
            return ExitCodes.Done;
        }),
    };

    private static Users.UsersClient Client(GatewaySession session) => new(session.Invoker);

    private static async Task<int> DevicesAsync(GatewaySession session, string name)
    {
        var found = await Client(session).ListUserDevicesAsync(new ListUserDevicesRequest { Parent = name }, session.Call);
        session.Writer.Write(found.Devices, d => d.Name, DevicesCommand.Columns);
        return ExitCodes.Done;
    }

    private static int Show(GatewaySession session, User user)
    {
        session.Writer.WriteOne(user, u => u.Name, Columns);
        return ExitCodes.Done;
    }

    private static Command OnOne(string name, string description, Func<GatewaySession, string, Task<int>> run)
    {
        var id = new Argument<string>("user") { Description = "The user's id" };
        var command = new Command(name, description) { id };
        command.SetGatewayAction((parsed, session) => run(session, session.NameOf("users", parsed.GetRequiredValue(id))));
        return command;
    }

    private static Command List()
    {
        var list = new Command("list", "Lists users");
        list.SetGatewayAction(async (_, session) =>
        {
            session.Writer.Write(
                await Pages.AllAsync(async token =>
                {
                    var page = await Client(session).ListUsersAsync(
                        new ListUsersRequest { Parent = session.Tenant, PageSize = Pages.Size, PageToken = token }, session.Call);
                    return (page.Users.AsEnumerable(), page.NextPageToken);
                }),
                u => u.Name,
                Columns);
            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Change(string name, string description, Func<GatewaySession, User, FieldMask, Task<User>> run)
    {
        var id = new Argument<string>("user") { Description = "The user's id" };
        var display = new Option<string?>("--name") { Description = "The name on the phone's screen" };
        var number = new Option<string?>("--number") { Description = "E.164, such as +4930123456" };
        var policy = new Option<string?>("--policy") { Description = "A policy's id" };
        var password = new Option<bool>("--password-stdin") { Description = "Read the password from standard input" };
        var command = new Command(name, description) { id, display, number, policy, password };
        command.SetGatewayAction(async (parsed, session) =>
        {
            var mask = new FieldMask();
            var user = new User
            {
                UserId = parsed.GetRequiredValue(id),
                DisplayName = Given(parsed.GetValue(display), "display_name", mask),
                PhoneNumber = Given(parsed.GetValue(number), "phone_number", mask),
                Policy = Given(parsed.GetValue(policy), "policy", mask),
                InitialPassword = Given(parsed.GetValue(password) ? await Console.In.ReadLineAsync(session.Cancellation) ?? "" : null,
                    "initial_password", mask),
            };
            return Show(session, await run(session, user, mask));
        });
        return command;
    }

    private static string Given(string? value, string path, FieldMask mask)
    {
        if (value is not null)
        {
            mask.Paths.Add(path);
        }

        return value ?? "";
    }

    private static async Task<User> CreateAsync(GatewaySession session, User user, FieldMask mask) =>
        await Client(session).CreateUserAsync(new CreateUserRequest { Parent = session.Tenant, User = user }, session.Call);

    private static async Task<User> UpdateAsync(GatewaySession session, User user, FieldMask mask)
    {
        user.Name = session.NameOf("users", user.UserId);
        return mask.Paths.Count > 0
            ? await Client(session).UpdateUserAsync(new UpdateUserRequest { User = user, UpdateMask = mask }, session.Call)
            : throw new CommandFailure(ExitCodes.Usage, "Nothing to change was given: use --name, --number, --policy or --password-stdin.");
    }
}
