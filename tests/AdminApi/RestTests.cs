using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SipGateway.AdminApi.Running;

namespace SipGateway.AdminApi.Tests;

/// <summary>The REST table, call by call.</summary>
public sealed class RestTests(RunningAdminApi api) : IClassFixture<RunningAdminApi>
{
    private const string Devices = "/v1/tenants/default/devices";

    [Fact]
    public async Task Claim_AnyNotation_AnswersTwelveLowerCaseDigits()
    {
        var (status, device) = await Post(Devices, """{"mac":"00-15-65-AA-00-01","location":"Room 1"}""");

        status.Should().Be(HttpStatusCode.OK, device.ToString());
        device.GetProperty("mac").GetString().Should().Be("001565aa0001");
        device.GetProperty("name").GetString().Should().Be("tenants/default/devices/001565aa0001");
        device.GetProperty("state").GetString().Should().Be("WAITING_ON_ACTIVATION");
        device.GetProperty("connection").GetString().Should().Be("NEVER_SEEN");
        device.GetProperty("location").GetString().Should().Be("Room 1");
        (await Get($"{Devices}/00:15:65:aa:00:01")).Body.GetProperty("mac").GetString().Should().Be("001565aa0001");
        (await Get($"{Devices}/0015.65AA.0001/lines/1")).Body.GetProperty("number").GetInt32().Should().Be(1);
        (await Get($"{Devices}/00:15:65:aa:00:01:explain")).Body.GetProperty("findings")[0].GetProperty("stage").GetString().Should().Be(
            "Enrollment");
    }

    [Fact]
    public async Task Line_IsClaimedByItsNumber_AndNamedByIt()
    {
        var (status, line) = await Post(Devices, """{"mac":"00:15:65:AA:00:11:002","location":"Gate"}""");

        status.Should().Be(HttpStatusCode.OK, line.ToString());
        line.GetProperty("name").GetString().Should().Be("tenants/default/devices/001565aa0011/lines/2");
        line.GetProperty("mac").GetString().Should().Be("001565aa0011");
        (await Get($"{Devices}/001565aa0011/lines/2")).Body.GetProperty("number").GetInt32().Should().Be(2);
        (await Post($"{Devices}/001565aa0011/lines/2:generateVerificationCode", "")).Body.GetProperty("verificationCode").GetString().Should().Be("123456");
        (await Get($"{Devices}/001565aa0011/lines")).Body.GetProperty("lines").GetArrayLength().Should().Be(1, "the device itself is not claimed");
        (await Get($"{Devices}?filter=mac%3D001565aa0011")).Body.GetProperty("devices").GetArrayLength().Should().Be(0);
        foreach (var nonsense in new[] { "0", "251", "x", "-1" })
            (await Get($"{Devices}/001565aa0011/lines/{nonsense}")).Status.Should().Be(HttpStatusCode.BadRequest, nonsense);
        (await Post(Devices, """{"mac":"001565aa0011:251"}""")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Compatibility_OfADeviceAndTheGateOfATenant_AreShownByName()
    {
        await Post(Devices, """{"mac":"001565aa00c1"}""");
        (await Get($"{Devices}/001565aa00c1")).Body.GetProperty("compatibility").GetString().Should().Be("COMPATIBILITY_UNSPECIFIED");
        await Post($"{Devices}/001565aa00c1:assignUser", """{"user":"ada"}""");
        (await Get($"{Devices}/001565aa00c1")).Body.GetProperty("compatibility").GetString().Should().Be("BELOW_MINIMUM");

        (await Get("/v1/tenants/default")).Body.GetProperty("settings").GetProperty("compatibilityGate").GetString().Should().Be("ALLOW");
        var changed = await Send(
            HttpMethod.Patch, "/v1/tenants/default?updateMask=settings.compatibilityGate", """{"settings":{"compatibilityGate":"REFUSE"}}""");
        changed.Body.GetProperty("settings").GetProperty("compatibilityGate").GetString().Should().Be("REFUSE");
        changed.Body.GetProperty("settings").GetProperty("personalSignIn").GetString().Should().Be("TRUSTED", "nothing else was asked for");
        var wrong = await Send(HttpMethod.Patch, "/v1/tenants/default?updateMask=settings.compatibilityGate", """{"settings":{}}""");
        wrong.Status.Should().Be(HttpStatusCode.BadRequest);
        wrong.Body.ToString().Should().Contain("ALLOW, WARN or REFUSE");
        await Send(HttpMethod.Patch, "/v1/tenants/default?updateMask=settings.compatibilityGate", """{"settings":{"compatibilityGate":"ALLOW"}}""");
    }

    [Fact]
    public async Task Claim_Twice_AlreadyExistsWithReason()
    {
        await Post(Devices, """{"mac":"001565aa0002"}""");

        var (status, error) = await Post(Devices, """{"mac":"001565aa0002"}""");

        status.Should().Be(HttpStatusCode.Conflict);
        error.GetProperty("code").GetInt32().Should().Be(6);
        error.GetProperty("details")[0].GetProperty("reason").GetString().Should().Be("ALREADY_CLAIMED");
        error.GetProperty("details")[0].GetProperty("domain").GetString().Should().Be("sipgateway");
    }

    [Fact]
    public async Task Claim_SameRequestId_IsOneClaim()
    {
        await Post($"{Devices}?requestId=r-1", """{"mac":"001565aa0003"}""");

        (await Post($"{Devices}?requestId=r-1", """{"mac":"001565aa0003"}""")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Summarize_CountsWhatTheFilterLeaves()
    {
        for (var i = 1; i <= 3; i++) await Post(Devices, $$"""{"mac":"001565aa0e0{{i}}"}""");
        await Post($"{Devices}/001565aa0e03:assignUser", """{"user":"ada"}""");

        var (status, summary) = await Get($"{Devices}:summarize?filter=mac%3A001565aa0e&fields=state&fields=trustLevel");

        status.Should().Be(HttpStatusCode.OK, summary.ToString());
        summary.GetProperty("deviceCount").GetInt64().Should().Be(3);
        summary.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("field").GetString()).Should().Equal("state", "trust_level");
        summary.GetProperty("groups")[0].GetProperty("counts")[0].ToString().Should().Contain("WAITING_ON_ACTIVATION").And.Contain("2");
        var capped = (await Get($"{Devices}:summarize?filter=mac%3A001565aa0e&fields=state&valueLimit=1")).Body.GetProperty("groups")[0];
        capped.GetProperty("otherCount").GetInt64().Should().Be(1);
        (await Get($"{Devices}:summarize")).Body.GetProperty("groups").GetArrayLength().Should().Be(7);
        foreach (var wrong in new[] { "fields=mac", "fields=colour", "valueLimit=-1", "filter=colour%3Dred" })
            (await Get($"{Devices}:summarize?{wrong}")).Status.Should().Be(HttpStatusCode.BadRequest, wrong);
    }

    [Theory]
    [InlineData("""{"mac":"nonsense"}""")]
    [InlineData("""{"mac":"000000000000"}""")]
    [InlineData("""{"mac":"'; DROP TABLE device; --"}""")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Claim_NoMac_NamesTheField(string body)
    {
        var (status, error) = await Post(Devices, body);

        status.Should().Be(HttpStatusCode.BadRequest);
        error.GetProperty("details")[1].GetProperty("fieldViolations")[0].GetProperty("field").GetString().Should().Be("mac");
    }

    [Theory]
    [InlineData("{\"mac\":")]
    [InlineData("[]")]
    [InlineData("{\"mac\":{\"a\":1}}")]
    public async Task Claim_BrokenJson_IsInvalidArgument(string body) =>
        (await Post(Devices, body)).Status.Should().Be(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("/v1/tenants/UPPER/devices")]
    [InlineData("/v1/tenants/default/devices/zz")]
    [InlineData("/v1/tenants/default/devices?pageSize=-1")]
    [InlineData("/v1/tenants/default/devices?pageToken=abc")]
    [InlineData("/v1/tenants/default/devices?filter=nofield%3D1")]
    [InlineData("/v1/tenants/default/devices?orderBy=nofield")]
    [InlineData("/v1/tenants/%00/devices")]
    public async Task Call_HostileArguments_Is400(string path) => (await Get(path)).Status.Should().Be(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Code_NotClaimed_SaysWhatToDo()
    {
        var (status, error) = await Post($"{Devices}/001565aa00ff:generateVerificationCode", null);

        status.Should().Be(HttpStatusCode.BadRequest);
        error.GetProperty("code").GetInt32().Should().Be(9);
        error.GetProperty("message").GetString().Should().Contain("Claim it first");
    }

    [Fact]
    public async Task Code_EmptyBodyWithoutContentType_IsAnEmptyMessage()
    {
        await Post(Devices, """{"mac":"001565aa0004"}""");

        var (status, code) = await Post($"{Devices}/001565aa0004:generateVerificationCode", null);

        status.Should().Be(HttpStatusCode.OK, code.ToString());
        code.GetProperty("verificationCode").GetString().Should().Be("123456");
        code.GetProperty("expireTime").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UnixEpoch);
        var batch = await Post($"{Devices}:batchGenerateVerificationCodes", """{"macs":["00:15:65:aa:00:04","bad","001565aa00ff"]}""");
        var results = batch.Body.GetProperty("verificationCodes");
        results[0].GetProperty("verificationCode").GetString().Should().Be("123456");
        results[1].GetProperty("error").GetProperty("code").GetInt32().Should().Be(3);
        results[2].GetProperty("error").GetProperty("code").GetInt32().Should().Be(9);
    }

    [Fact]
    public async Task SignIn_CodeComesLater_IsWaitedFor()
    {
        await Post(Devices, """{"mac":"001565aa0005"}""");

        var (_, started) = await Post($"{Devices}/001565aa0005:startSignIn", null);

        started.GetProperty("verificationUri").GetString().Should().Be("https://gw.example/signin");
        started.GetProperty("userCode").GetString().Should().Be("ABCD-EFGH");
        started.GetProperty("expireTime").GetString().Should().EndWith("Z");
        (await Post($"{Devices}/001565aa0005:assignUser", """{"user":"ada"}""")).Body.GetProperty("user").GetString().Should().Be("ada");
        (await Post($"{Devices}/fa1565aa0005:startSignIn", null)).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Restart_Failed_IsAnOperationWithItsReason()
    {
        await Post(Devices, """{"mac":"001565aa0006"}""");

        var (_, operation) = await Post($"{Devices}/001565aa0006:restart", null);

        operation.GetProperty("name").GetString().Should().MatchRegex("^tenants/default/operations/[0-9a-f]{32}$");
        operation.GetProperty("done").GetBoolean().Should().BeTrue();
        operation.GetProperty("error").GetProperty("message").GetString().Should().Contain("no boot");
        operation.GetProperty("response").GetProperty("status").GetString().Should().Be("FAILED");
    }

    [Fact]
    public async Task Operation_RunningOne_IsWaitedForAndCancelled()
    {
        await Post(Devices, """{"mac":"001565aa0007"}""");
        var name = (await Post($"{Devices}/001565aa0007:resync", null)).Body.GetProperty("name").GetString();

        (await Post($"/v1/{name}:wait", """{"timeout":"0.1s"}""")).Body.GetProperty("done").GetBoolean().Should().BeFalse();
        (await Post($"/v1/{name}:cancel", null)).Body.GetProperty("response").GetProperty("status").GetString().Should().Be("CANCELLED");
        (await Get($"/v1/{name}:wait")).Body.GetProperty("done").GetBoolean().Should().BeTrue();
        (await Get("/v1/tenants/default/operations")).Body.GetProperty("operations").GetArrayLength().Should().BePositive();
    }

    [Fact]
    public async Task Import_WrongRows_AreRefusedWithTheirNumberAndOthersGoThrough()
    {
        var csv = JsonSerializer.Serialize(
            new { csv = "\uFEFFMAC id;Location\r\n00:15:65:ab:00:01;\"Room; 1\"\r\nnonsense;Room 2\r\n001565ab0002;Room 3\r\n" });
        var (status, started) = await Post($"{Devices}:import", csv);
        status.Should().Be(HttpStatusCode.OK, started.ToString());

        var done = (await Post($"/v1/{started.GetProperty("name").GetString()}:wait", null)).Body;

        var results = done.GetProperty("response").GetProperty("results").EnumerateArray().ToList();
        results.Select(r => r.GetProperty("row").GetInt32()).Should().Equal(2, 3, 4);
        results.Select(r => r.GetProperty("status").GetString()).Should().Equal("SUCCEEDED", "FAILED", "SUCCEEDED");
        results[1].GetProperty("message").GetString().Should().Contain("no MAC");
        (await Get($"{Devices}/001565ab0001")).Body.GetProperty("location").GetString().Should().Be("Room; 1");
    }

    [Fact]
    public async Task List_PagesFiltersAndOrders()
    {
        for (var i = 1; i <= 5; i++)
        {
            await Post("/v1/tenants/lists/devices", $$"""{"mac":"001565ac000{{i}}","location":"Floor {{i % 2}}"}""");
        }

        const string path = "/v1/tenants/lists/devices";
        var first = (await Get($"{path}?pageSize=2&orderBy=mac%20desc")).Body;
        Macs(first).Should().Equal("001565ac0005", "001565ac0004");
        var token = first.GetProperty("nextPageToken").GetString();
        Macs((await Get($"{path}?pageSize=2&orderBy=mac%20desc&pageToken={token}")).Body).Should().Equal("001565ac0003", "001565ac0002");
        (await Get($"{path}?pageToken={token}")).Status.Should().Be(HttpStatusCode.BadRequest);
        Macs((await Get($"{path}?filter=location%3D%22Floor%201%22")).Body).Should().Equal("001565ac0001", "001565ac0003", "001565ac0005");
        Macs((await Get($"{path}?filter=00:15:65:ac:00:02")).Body).Should().Equal("001565ac0002");
        Macs((await Get($"{path}?filter=floor")).Body).Should().HaveCount(5);
        (await Get($"{path}?pageSize=100000")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delete_StaleEtag_AbortsAndFreshOneDeletes()
    {
        var etag = (await Post(Devices, """{"mac":"001565aa0008"}""")).Body.GetProperty("etag").GetString();

        (await Send(HttpMethod.Delete, $"{Devices}/001565aa0008?etag=77", null)).Status.Should().Be(HttpStatusCode.Conflict);
        (await Send(HttpMethod.Delete, $"{Devices}/001565aa0008?etag={etag}", null)).Body.GetProperty(
            "done").GetBoolean().Should().BeTrue();
        (await Get($"{Devices}/001565aa0008")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Users_LiveAndDie()
    {
        const string users = "/v1/tenants/default/users";
        var created = await Post(users,
            """{"userId":"ada","displayName":"Ada","phoneNumber":"+4930123456","initialPassword":"correct horse battery"}""");
        created.Status.Should().Be(HttpStatusCode.OK, created.Body.ToString());
        created.Body.GetProperty("initialPassword").GetString().Should().BeEmpty();

        var patched = await Send(HttpMethod.Patch, $"{users}/ada?updateMask=displayName",
            """{"displayName":"Ada L","phoneNumber":"+49999"}""");

        patched.Status.Should().Be(HttpStatusCode.OK, patched.Body.ToString());
        patched.Body.GetProperty("displayName").GetString().Should().Be("Ada L");
        patched.Body.GetProperty("phoneNumber").GetString().Should().Be("+4930123456");
        (await Send(HttpMethod.Patch, $"{users}/ada?updateMask=userId", "{}")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await Get(users)).Body.GetProperty("users").GetArrayLength().Should().Be(1);
        (await Send(HttpMethod.Delete, $"{users}/ada", null)).Status.Should().Be(HttpStatusCode.OK);
        (await Get($"{users}/ada")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PoliciesSitesAndTenant_AreChangedByMask()
    {
        (await Post("/v1/tenants/default/policies",
            """{"policyId":"lobby","language":"de","use24HourClock":false,"phoneAdminPassword":"s3cret-pass"}""")).Status.Should().Be(
                HttpStatusCode.OK);
        var policy = (await Send(HttpMethod.Patch, "/v1/tenants/default/policies/lobby?updateMask=language", """{"language":"fr"}""")).Body;
        policy.GetProperty("language").GetString().Should().Be("fr");
        policy.GetProperty("use24HourClock").GetBoolean().Should().BeFalse();
        policy.GetProperty("phoneAdminPasswordSet").GetBoolean().Should().BeTrue();
        policy.ToString().Should().NotContain("s3cret");

        (await Post("/v1/tenants/default/sites", """{"siteId":"hq","policy":"lobby"}""")).Status.Should().Be(HttpStatusCode.OK);
        var channel = await Send(
            HttpMethod.Patch, "/v1/tenants/default/policies/lobby?updateMask=firmwareChannel", """{"firmwareChannel":"stable"}""");
        channel.Body.GetProperty("firmwareChannel").GetString().Should().Be("stable");
        channel.Body.GetProperty("language").GetString().Should().Be("fr");
        (await Send(HttpMethod.Patch, "/v1/tenants/default/policies/lobby?updateMask=firmwareChannel", """{"firmwareChannel":"No way"}""")).Status.Should()
            .Be(HttpStatusCode.BadRequest);
        (await Send(HttpMethod.Patch, "/v1/tenants/default/policies/lobby?updateMask=firmwareChannel", "{}")).Body.TryGetProperty("firmwareChannel", out _)
            .Should().BeFalse("it is given back to the layer below");
        (await Send(HttpMethod.Patch, "/v1/tenants/default/policies/lobby?updateMask=toneCountry", """{"toneCountry":"DE"}""")).Body
            .GetProperty("toneCountry").GetString().Should().Be("DE");
        (await Send(HttpMethod.Patch, "/v1/tenants/default/policies/lobby?updateMask=toneCountry", """{"toneCountry":"Germany"}""")).Status.Should()
            .Be(HttpStatusCode.BadRequest);
        (await Send(HttpMethod.Delete, "/v1/tenants/default/policies/lobby", null)).Status.Should().Be(HttpStatusCode.BadRequest);
        var tenant = await Send(HttpMethod.Patch, "/v1/tenants/default?updateMask=settings.codeDigits",
            """{"settings":{"codeDigits":8}}""");
        tenant.Body.GetProperty("settings").GetProperty("codeDigits").GetInt32().Should().Be(8);
        tenant.Body.GetProperty("settings").GetProperty("codeLifetime").GetString().Should().Be("86400s");
    }

    [Fact]
    public async Task Cluster_ListsTheSilo()
    {
        (await Get("/v1/silos")).Body.GetProperty("silos")[0].GetProperty("status").GetString().Should().Be("ACTIVE");
        (await Get("/v1/edges")).Body.GetProperty("edges").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Journal_HasWhatWasDoneAndWhatWasRefused()
    {
        await Post("/v1/tenants/journal/devices", """{"mac":"001565ad0001"}""");
        await Post("/v1/tenants/journal/devices", """{"mac":"001565ad0001"}""");

        var outcomes = await Until(
            async () => (await Get("/v1/tenants/journal/auditEvents")).Body.GetProperty("auditEvents").EnumerateArray()
                .Select(e => e.GetProperty("outcome").GetString()).ToList(),
            list => list.Contains("OK") && list.Contains("ALREADY_CLAIMED"));

        outcomes.Should().Contain("ALREADY_CLAIMED");
        var refused = await Get("/v1/tenants/journal/auditEvents?filter=" + Uri.EscapeDataString("action = \"device.claim\" AND create_time > 2020-01-01"));
        refused.Body.GetProperty("auditEvents").EnumerateArray().Should().OnlyContain(e => e.GetProperty("action").GetString() == "device.claim");
        foreach (var wrong in new[] { "claim", "action <= x", "create_time = 2020-01-01", "create_time > soon", "colour = red", "actor =" })
            (await Get("/v1/tenants/journal/auditEvents?filter=" + Uri.EscapeDataString(wrong))).Status.Should().Be(HttpStatusCode.BadRequest, wrong);
        (await Get("/v1/auditEvents:verify")).Body.GetProperty("intact").GetBoolean().Should().BeTrue();
        var events = await Until(
            async () => (await Get("/v1/tenants/journal/devices/001565ad0001/events")).Body.GetProperty("events").GetArrayLength(),
                count => count > 0);
        events.Should().Be(1);
    }

    [Fact]
    public async Task Unavailable_IsNeverToldAsFailed()
    {
        var (status, error) = await Get($"{Devices}/dead00000001");

        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        error.GetProperty("details").EnumerateArray().Should().Contain(d => d.GetProperty("@type").GetString()!.EndsWith("RetryInfo"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    public async Task Key_MissingOrWrong_Is401Json(string? header)
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        using var request = new HttpRequestMessage(HttpMethod.Get, Devices);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        var response = await client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().Should().StartWith("Bearer");
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        error.GetProperty("code").GetInt32().Should().Be(16);
        error.GetProperty("message").GetString().Should().Contain("admin.key");
    }

    [Fact]
    public async Task UnknownCall_IsJson404() => (await Get("/v1/nothing/here")).Body.GetProperty("code").GetInt32().Should().Be(5);

    private static string?[] Macs(JsonElement page) =>
        [.. page.GetProperty("devices").EnumerateArray().Select(d => d.GetProperty("mac").GetString())];

    private static async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> isThere)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var value = await read();
        while (!isThere(value) && await timer.WaitForNextTickAsync(deadline.Token))
        {
            value = await read();
        }

        return value;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> Get(string path) => Send(HttpMethod.Get, path, null);

    private Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, string? body) => Send(HttpMethod.Post, path, body);

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, string? body)
    {
        using var client = new HttpClient { BaseAddress = api.Rest };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
