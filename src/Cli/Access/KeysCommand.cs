using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Hosting;

namespace SipGateway.Cli;

/// <summary><c>sipgw keys</c>: named admin keys, in their file on the machine that has it. A gateway that runs sees a change within a second.</summary>
internal static class KeysCommand
{
    private static readonly Option<string> KeysFile = new("--keys-file")
    {
        Description = "The file of named keys; also SIPGATEWAY_ADMIN_KEYS_FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIPGATEWAY_ADMIN_KEYS_FILE") is { Length: > 0 } file
            ? file
            : Path.Combine("./data", AdminKeysFile.DefaultName),
        Recursive = true,
    };

    private static readonly Argument<string> Name = new("name") { Description = "Names the key in the audit log: lower-case letters, digits and hyphens" };

    public static Command Create() => new("keys", "Keys for further administrators, each with a role and a name")
    {
        KeysFile, CreateOne(), CreateList(), CreateDelete(),
    };

    private static Command CreateOne()
    {
        var role = new Option<string>("--role")
        {
            Description = "viewer, operator or admin; for one tenant as in operator@vienna", Required = true,
        };
        var command = new Command("create", "Makes a key and shows it, once") { Name, role };
        command.SetAction(parsed => Run(parsed, writer =>
        {
            var name = parsed.GetRequiredValue(Name);
            if (!NamedAdminKey.IsName(name))
            {
                throw new CommandFailure(ExitCodes.Usage, $"'{name}' is no name for a key: up to 40 lower-case letters, digits and hyphens.");
            }

            var text = parsed.GetRequiredValue(role);
            var grant = AdminGrant.TryParse(text)
                ?? throw new CommandFailure(ExitCodes.Usage, $"'{text}' is no role. Write {AdminGrant.Shape}.");
            var (key, kept) = NamedAdminKey.Create(name, grant);
            AdminKeysFile.Add(FileOf(parsed), kept);
            parsed.InvocationConfiguration.Error.WriteLine(
                $"The key of {name} ({grant}) follows. It is shown this once: {FileOf(parsed)} keeps its hash alone. "
                + $"Take it back with: sipgw keys delete {name}");
            parsed.InvocationConfiguration.Output.WriteLine(key);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists the keys; the keys themselves are kept nowhere");
        command.SetAction(parsed => Run(parsed, writer =>
        {
            var (keys, errors) = AdminKeysFile.Read(FileOf(parsed));
            if (errors.Length > 0)
            {
                throw new InvalidDataException(string.Join(' ', errors));
            }

            writer.Write(
                [.. keys.Select(RecordOf)],
                k => TextOf(k, "name"),
                new("NAME", k => TextOf(k, "name")),
                new("ROLE", k => TextOf(k, "role")),
                new("TENANT", k => TextOf(k, "tenant")));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateDelete()
    {
        var command = new Command("delete", "Takes a key back") { Name };
        command.SetAction(parsed => Run(parsed, _ => AdminKeysFile.Remove(FileOf(parsed), parsed.GetRequiredValue(Name))
            ? ExitCodes.Done
            : throw new CommandFailure(
                ExitCodes.NotFoundOrPartial, $"{FileOf(parsed)} has no key {parsed.GetRequiredValue(Name)}. sipgw keys list shows those that it has.")));
        return command;
    }

    // What the writer writes are messages; these come from no gateway.
    private static Struct RecordOf(NamedAdminKey key) => new()
    {
        Fields =
        {
            ["name"] = Value.ForString(key.Name),
            ["role"] = Value.ForString(AdminGrant.Word(key.Grant.Role)),
            ["tenant"] = Value.ForString(key.Grant.Tenant),
        },
    };

    private static string TextOf(Struct record, string field) => record.Fields[field].StringValue;

    private static string FileOf(ParseResult parsed) => parsed.GetRequiredValue(KeysFile);

    private static int Run(ParseResult parsed, Func<RecordWriter, int> work)
    {
        try
        {
            return work(new RecordWriter(GatewayOptions.OutputOf(parsed), parsed.InvocationConfiguration.Output));
        }
        catch (CommandFailure failure)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"sipgw: {failure.Message}");
            return failure.ExitCode;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"sipgw: {e.Message}");
            return ExitCodes.Error;
        }
    }
}
