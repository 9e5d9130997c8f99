using System.Text.Json;
using SipGateway.AdminApi.Running;

namespace SipGateway.Cli.Tests;

/// <summary>The command line against a running admin API: what it prints, and what it ends with.</summary>
public sealed class SipgwCommandTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    [Fact]
    public async Task Devices_ClaimedOne_IsListedInEveryFormat()
    {
        (await Run("devices", "claim", "00:15:65:CC:00:01", "--location", "=Room 1")).Code.Should().Be(0);

        var table = await Run("devices", "list", "--filter", "mac=001565cc0001");
        table.Output.Should().Contain("MAC").And.Contain("001565cc0001").And.Contain("WAITING_ON_ACTIVATION").And.Contain("=Room 1");
        var json = JsonDocument.Parse((await Run("devices", "list", "--filter", "001565cc0001", "-o", "json")).Output).RootElement;
        json[0].GetProperty("state").GetString().Should().Be("WAITING_ON_ACTIVATION");
        (await Run("devices", "list", "--filter", "001565cc0001", "-o", "csv")).Output.Should().Contain("'=Room 1");
        (await Run("devices", "get", "0015.65cc.0001", "-o", "name")).Output.Trim().Should().Be("tenants/default/devices/001565cc0001");
        (await Run("devices", "get", "001565cc0001", "-o", "json")).Output.Should().StartWith("{");
    }

    [Fact]
    public async Task Devices_Summary_CountsByField()
    {
        await Run("devices", "claim", "001565cc0a01");
        await Run("devices", "claim", "001565cc0a02");

        var table = await Run("devices", "summary", "--filter", "mac:001565cc0a", "--by", "state", "--by", "connection");

        table.Output.Should().MatchRegex("state +WAITING_ON_ACTIVATION +2").And.MatchRegex("connection +NEVER_SEEN +2");
        table.Error.Should().Contain("2 phones");
        (await Run("devices", "summary", "--filter", "mac:001565cc0a", "--by", "state", "-o", "csv")).Output.Should().Contain("state,WAITING_ON_ACTIVATION,2");
        var json = JsonDocument.Parse((await Run("devices", "summary", "--filter", "mac:001565cc0a", "-o", "json")).Output).RootElement;
        json.GetProperty("deviceCount").GetString().Should().Be("2");
        (await Run("devices", "summary", "--by", "mac")).Code.Should().Be(2);
    }

    [Fact]
    public async Task Devices_CodeSignInRestart_SpeakToPeopleOnTheOtherStream()
    {
        await Run("devices", "claim", "001565cc0002");

        var code = await Run("devices", "code", "001565cc0002", "-o", "name");
        code.Output.Trim().Should().Be("123456");
        code.Error.Should().Contain("*55*123456");
        (await Run("devices", "sign-in", "001565cc0002")).Output.Should().Contain("ABCD-EFGH");
        (await Run("devices", "assign", "001565cc0002", "ada")).Output.Should().Contain("SIGNED_IN");
        (await Run("devices", "get", "001565cc0002")).Output.Should().Contain("COMPATIBILITY").And.Contain("BELOW_MINIMUM");
        (await Run("devices", "explain", "001565cc0002")).Output.Should().Contain("Enrollment");
        var restart = await Run("devices", "restart", "001565cc0002", "--wait");
        restart.Code.Should().Be(1);
        restart.Error.Should().Contain("no boot was seen");
        (await Run("devices", "sign-out", "001565cc0002", "--wait")).Code.Should().Be(0);
    }

    [Fact]
    public async Task Devices_Tagged_AreFoundByTheirTags()
    {
        await Run("devices", "claim", "001565cc0d01");
        await Run("devices", "claim", "001565cc0d02");

        (await Run("devices", "tag", "001565cc0d01", "001565cc0d02", "--add", "lobby", "--add", "vip")).Output.Should().Contain("lobby, vip");
        (await Run("devices", "tag", "001565cc0d02", "--remove", "vip")).Output.Should().Contain("lobby").And.NotContain("vip");

        (await Run("devices", "list", "--filter", "tags:vip", "-o", "name")).Output.Trim().Should().EndWith("001565cc0d01");
        (await Run("devices", "list", "--filter", "tags:lob* AND mac:001565cc0d", "-o", "name")).Output.Trim().Split('\n').Should().HaveCount(2);
        (await Run("devices", "tags")).Output.Should().MatchRegex("lobby +2").And.MatchRegex("vip +1");
        (await Run("devices", "tag", "001565cc0d01")).Code.Should().Be(2);
        (await Run("devices", "history", "--hours", "1")).Code.Should().Be(0);
        (await Run("edges", "list")).Output.Should().Contain("REGISTRATIONS/S");
    }

    [Fact]
    public async Task Devices_ThatNeedAttention_AreListedUntilResolved()
    {
        await Run("devices", "claim", "001565cc0b01");
        await Run("devices", "restart", "001565cc0b01", "--wait");

        var list = await Run("devices", "list", "--filter", "attention:* AND mac:001565cc0b");
        list.Output.Should().MatchRegex("ATTENTION").And.MatchRegex("001565cc0b01 .*OPERATION_FAILED");
        (await Run("devices", "get", "001565cc0b01")).Output.Should().Contain("OPERATION_FAILED");
        (await Run("devices", "resolve", "001565cc0b01", "--reason", "tired")).Code.Should().Be(2);
        (await Run("devices", "resolve", "001565cc0b01", "--reason", "CODE_LOCKED")).Error.Should().Contain("new code");
        var resolved = await Run("devices", "resolve", "001565cc0b01", "--reason", "operation_failed");
        resolved.Code.Should().Be(0, resolved.Error);
        resolved.Output.Should().NotContain("OPERATION_FAILED");
    }

    [Fact]
    public async Task Wait_LongerThanTheTimeout_Ends124AndTheOperationGoesOn()
    {
        await Run("devices", "claim", "001565cc0003");

        var resync = await Run("devices", "resync", "001565cc0003", "--wait", "--timeout", "2");

        resync.Code.Should().Be(124);
        resync.Error.Should().Contain("sipgw operations wait");
        var id = (await Run("operations", "list", "-o", "name")).Output.Split('\n').First(n => n.Contains("operations/")).Trim();
        (await Run("operations", "get", id)).Code.Should().BeOneOf(0, 1);
    }

    [Fact]
    public async Task Import_PartlyWrong_Ends3AndNamesTheRow()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "MAC id,Location\n001565cc0101,A\nwrong,B\n");

        var import = await Run("devices", "import", file, "--wait");

        import.Code.Should().Be(3);
        import.Error.Should().Contain("row 3");
        File.Delete(file);
    }

    [Fact]
    public async Task Tenants_Gate_IsSetAndShown_AndNothingElseOfTheTenant()
    {
        await Run("devices", "claim", "001565cc0076");
        var before = JsonDocument.Parse((await Run("tenants", "get", "-o", "json")).Output).RootElement.GetProperty("settings");
        before.GetProperty("compatibilityGate").GetString().Should().Be("ALLOW");

        (await Run("tenants", "gate", "refuse")).Output.Should().Contain("COMPATIBILITY GATE").And.Contain("REFUSE");
        (await Run("tenants", "gate", "warn")).Output.Should().Contain("WARN");
        var wrong = await Run("tenants", "gate", "forbid");
        wrong.Code.Should().Be(2);
        wrong.Error.Should().Contain("refuse");
        (await Run("tenants", "get")).Output.Should().Contain("WARN", "what was no gate changed nothing");
        (await Run("tenants", "gate", "allow")).Code.Should().Be(0);

        var after = JsonDocument.Parse((await Run("tenants", "get", "-o", "json")).Output).RootElement.GetProperty("settings");
        after.ToString().Should().Be(before.ToString());
    }

    [Fact]
    public async Task UsersPoliciesSitesAuditSilos_Answer()
    {
        (await Run("users", "create", "bob", "--name", "Bob")).Output.Should().Contain("Bob");
        (await Run("users", "update", "bob", "--name", "Robert")).Output.Should().Contain("Robert");
        (await Run("users", "list", "-o", "name")).Output.Should().Contain("tenants/default/users/bob");
        (await Run("policies", "set", "lobby", "--firmware-channel", "stable")).Output.Should().Contain("stable");
        (await Run("policies", "set", "lobby", "--tone-country", "AT")).Output.Should().Contain("AT");
        (await Run("policies", "set", "lobby", "--language", "de")).Output.Should().Contain("lobby");
        (await Run("sites", "set", "hq", "--policy", "lobby")).Output.Should().Contain("lobby");
        (await Run("policies", "delete", "lobby")).Code.Should().Be(1);
        (await Run("audit", "list")).Code.Should().Be(0);
        (await Run("audit", "list", "--filter", "action = site.update OR target = x")).Code.Should().Be(2);
        (await Run("audit", "list", "--filter", "action : policy.", "-o", "csv")).Output.Should().NotContain("user.create");
        (await Run("users", "devices", "bob", "-o", "json")).Output.Trim().Should().Be("[]");
        (await Run("silos", "list")).Output.Should().Contain("ACTIVE");
        (await Run("edges", "list", "-o", "json")).Output.Trim().Should().Be("[]");
        (await Run("users", "delete", "bob")).Code.Should().Be(0);
    }

    [Fact]
    public async Task Tenant_IsSentToARegion_ThatAnEdgeStandsIn()
    {
        await using var edge = await EdgeInBook.EnterAsync(api, "eu-1", "eu");
        await Run("devices", "claim", "001565cc0075");

        (await Run("edges", "list")).Output.Should().Contain("REGION").And.Contain("eu-1").And.Contain("192.0.2.1:5060");
        (await Run("tenants", "set", "--region", "eu")).Output.Should().Contain("default").And.Contain("eu");
        (await Run("tenants", "get", "-o", "json")).Output.Should().Contain("\"region\": \"eu\"");
        var unknown = await Run("tenants", "set", "--region", "uk");
        unknown.Code.Should().Be(1);
        unknown.Error.Should().Contain("'uk'").And.Contain("are in eu");
        (await Run("tenants", "set", "--region", "")).Code.Should().Be(0);
        (await Run("tenants", "set")).Code.Should().Be(2);
    }

    [Theory]
    [InlineData(2, "devcies", "list")]
    [InlineData(2, "devices", "list", "-o", "yaml")]
    [InlineData(2, "devices", "list", "--filter", "color=red")]
    [InlineData(2, "devices", "get", "nonsense")]
    [InlineData(3, "devices", "get", "001565ccffff")]
    [InlineData(1, "devices", "code", "001565ccffff")]
    public async Task Mistake_EndsWithItsCodeAndPrintsNoData(int code, params string[] args)
    {
        var run = await Run(args);

        run.Code.Should().Be(code, run.Error);
        run.Output.Should().BeEmpty();
        run.Error.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Typo_IsAnsweredWithWhatWasMeant() => (await Run("devcies", "list")).Error.Should().Contain("devices");

    [Fact]
    public async Task Gateway_NotThere_IsOneHelpfulSentence()
    {
        var run = await Run("devices", "list", "--address", "http://127.0.0.1:1");

        run.Code.Should().Be(1);
        run.Error.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain("./run.sh");
    }

    [Fact]
    public async Task Key_WrongOrMissing_Ends4()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new string('x', 40));

        (await RunWith("devices", "list", "--key-file", file, "--address", api.Grpc.ToString())).Code.Should().Be(4);
        (await RunWith("devices", "list", "--key-file", "/nonexistent/admin.key", "--address", api.Grpc.ToString())).Code.Should().Be(4);
        File.Delete(file);
    }

    [Fact]
    public async Task Keys_MadeListedTakenBack_OpenWhatTheirRoleMay()
    {
        var made = await Run("keys", "create", "desk", "--role", "operator@vienna", "--keys-file", api.NamedKeysPath);
        made.Code.Should().Be(0, made.Error);
        (await Run("keys", "create", "desk", "--role", "viewer", "--keys-file", api.NamedKeysPath)).Error.Should().Contain("already");
        (await Run("keys", "create", "Desk", "--role", "viewer", "--keys-file", api.NamedKeysPath)).Code.Should().Be(2);
        (await Run("keys", "create", "desk2", "--role", "boss", "--keys-file", api.NamedKeysPath)).Code.Should().Be(2);
        (await Run("keys", "list", "--keys-file", api.NamedKeysPath, "-o", "csv")).Output.Should().Contain("desk,operator,vienna");
        (await File.ReadAllTextAsync(api.NamedKeysPath)).Should().NotContain(made.Output.Trim());
        File.GetUnixFileMode(api.NamedKeysPath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, made.Output);
        await Task.Delay(300);

        var who = await RunWith("whoami", "--tenant", "vienna", "--key-file", file, "--address", api.Grpc.ToString());
        who.Error.Should().Contain("admin-key:desk: operator of tenants/vienna");
        who.Output.Should().Contain("Devices/RestartDevice");
        var refused = await RunWith("policies", "list", "--key-file", file, "--address", api.Grpc.ToString());
        (refused.Code, refused.Output).Should().Be((4, ""));
        refused.Error.Should().Contain("needs the role viewer for tenants/default; you have operator@vienna");

        (await Run("keys", "delete", "desk", "--keys-file", api.NamedKeysPath)).Code.Should().Be(0);
        (await Run("keys", "delete", "desk", "--keys-file", api.NamedKeysPath)).Code.Should().Be(3);
        await Task.Delay(300);
        (await RunWith("whoami", "--key-file", file, "--address", api.Grpc.ToString())).Code.Should().Be(4);
        File.Delete(file);
    }

    [Fact]
    public async Task Dhcp_TextAlone_GoesOut()
    {
        var dhcp = await Run("dhcp", "--server", "kea", "--vendor", "yealink", "--url", "http://phones.example.com", "--ntp", "192.0.2.1");

        dhcp.Code.Should().Be(0, dhcp.Error);
        JsonDocument.Parse(dhcp.Output).RootElement.GetProperty("Dhcp4").GetProperty("client-classes").GetArrayLength().Should().Be(1);
        dhcp.Error.Should().Contain("kea-dhcp4.conf");
        (await Run("dhcp", "--server", "cisco-ios", "--vendor", "yealink", "--url", "http://phones.example.com")).Error.Should().Contain("pool of their own");
        (await Run("dhcp", "--server", "kea", "--url", "http://a/", "--ntp", "pool.ntp.org")).Code.Should().NotBe(0);
    }

    private Task<(int Code, string Output, string Error)> Run(params string[] args) => RunWith(
        [.. args, "--key-file", api.KeyPath, .. args.Contains("--address") ? Array.Empty<string>() : ["--address", api.Grpc.ToString()]]);

    private static async Task<(int Code, string Output, string Error)> RunWith(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await SipgwCommand.RunAsync(SipgwCommand.Create(), args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
