using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using SipGateway.Admin.V1;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>A phone's life with programs that nobody here wrote: curl fetches, SIPp registers and dials, Chromium signs in.</summary>
public sealed class LifeJourneyTests
{
    private const string Mac = "001565aabb10";
    private const string UserAgent = "Yealink SIP-T46S 66.86.5.1 00:15:65:aa:bb:10";
    private const string Tenant = "/v1/tenants/default";
    private const string Device = $"{Tenant}/devices/{Mac}";
    private const string Domain = "127.0.0.1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Phone_FromItsFirstFetchToItsDeletion_LivesAsPromised()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var admin = new AdminRest(gateway.AdminClient());
        var phone = new SippPhone(gateway["sip"]);

        // Onboarding, claim, enrolment.
        var bootstrap = YealinkFile.Parse((await FetchAsync($"http://{gateway["http"]}/", gateway)).Body);
        await admin.PostAsync($"{Tenant}/devices", new { mac = "00:15:65:AA:BB:10", location = "Desk" });
        var code = (string)(await admin.PostAsync($"{Device}:generateVerificationCode"))["verificationCode"]!;
        await phone.RegisterAsync(bootstrap["account.1.user_name"], bootstrap["account.1.password"], Domain);
        await phone.DialAsync(bootstrap["account.1.user_name"], bootstrap["account.1.password"], Domain, code);
        await admin.DeviceInStateAsync(Tenant, Mac, "WAITING_FOR_SIGN_IN", Patience);
        var enrolled = YealinkFile.Parse((await FetchAsync(bootstrap["static.auto_provision.server.url"], gateway)).Body);
        enrolled["account.1.user_name"].Should().NotBe(bootstrap["account.1.user_name"]);
        await phone.RegisterAsync(enrolled["account.1.user_name"], enrolled["account.1.password"], Domain);

        // Sign-in: the key's page, a browser, the user's line.
        await admin.PostAsync($"{Tenant}/users", new { userId = "alice", displayName = "Alice", phoneNumber = "+14255550100", initialPassword = "correct horse battery" });
        var (_, screen) = await Programs.CurlAsync(enrolled["programablekey.1.value"], UserAgent, gateway.CaCertificatePath);
        screen.Should().Contain("/signin");
        var started = await admin.PostAsync($"{Device}:startSignIn");
        var resync = phone.AwaitNotifyAsync(TimeSpan.FromSeconds(25));
        await ChromiumUser.SignInAsync((string)started["verificationUri"]!, (string)started["userCode"]!, "alice", "correct horse battery");
        (await resync).Should().Contain("check-sync;reboot=false");
        await admin.DeviceInStateAsync(Tenant, Mac, "SIGNED_IN", Patience);
        var line = YealinkFile.Parse((await FetchAsync(enrolled["static.auto_provision.server.url"], gateway)).Body);
        line["account.1.display_name"].Should().Be("Alice");
        line["account.1.label"].Should().Contain("+14255550100");
        await phone.RegisterAsync(line["account.1.user_name"], line["account.1.password"], Domain);
        ((string?)(await admin.GetAsync(Device))["connection"]).Should().Be("ONLINE");

        await PolicyReachesAtRefreshAsync(gateway, admin, phone, line);
        await RestartIsProvedAsync(gateway, admin, phone, line);
        await WhatHappenedIsToldAsync(gateway, admin);

        // Sign-out and deletion.
        await admin.PostAsync($"{Device}:signOut");
        await admin.DeviceInStateAsync(Tenant, Mac, "WAITING_FOR_SIGN_IN", Patience);
        await admin.DeleteAsync(Device);
        (await admin.TryAsync(HttpMethod.Get, Device)).Status.Should().Be(HttpStatusCode.NotFound);
        (await gateway.StopAsync()).Should().Be(0, "SIGTERM drains and ends in order");
    }

    private static async Task PolicyReachesAtRefreshAsync(GatewayProcess gateway, AdminRest admin, SippPhone phone, Dictionary<string, string> line)
    {
        await admin.PostAsync($"{Tenant}/policies", new { policyId = "default", displayName = "All", language = "de" });

        // The tenant is cached for seconds at most; the change reaches the phone with one of its next refreshes.
        await Task.Delay(TimeSpan.FromSeconds(6));
        await phone.RegisterAsync(line["account.1.user_name"], line["account.1.password"], Domain);
        (await phone.AwaitNotifyAsync(TimeSpan.FromSeconds(25))).Should().Contain("check-sync;reboot=false");
        var german = await Eventually.GetAsync(
            async () => YealinkFile.Parse((await FetchAsync(line["static.auto_provision.server.url"], gateway)).Body),
            f => f["lang.gui"] == "German",
            Patience,
            "the policy in the phone's file");
        german["account.1.user_name"].Should().Be(line["account.1.user_name"]);
        var device = await admin.GetAsync(Device);
        ((string?)device["appliedConfigHash"]).Should().NotBeEmpty().And.Be((string?)device["configHash"]);
    }

    private static async Task RestartIsProvedAsync(GatewayProcess gateway, AdminRest admin, SippPhone phone, Dictionary<string, string> line)
    {
        var reboot = phone.AwaitNotifyAsync(TimeSpan.FromSeconds(25));
        await Task.Delay(500); // SIPp needs a moment until it listens; a NOTIFY before that is sent again, only later.
        var operation = await admin.PostAsync($"{Device}:restart");
        (await reboot).Should().Contain("check-sync;reboot=true");
        var running = await admin.GetAsync($"/v1/{operation["name"]}");
        ((bool?)running["done"]).Should().BeFalse("an accepted NOTIFY is no boot");
        await FetchAsync(line["static.auto_provision.server.url"], gateway, ".boot");
        await FetchAsync(line["static.auto_provision.server.url"], gateway);
        await phone.RegisterAsync(line["account.1.user_name"], line["account.1.password"], Domain);
        var ended = await admin.OperationEndAsync((string)operation["name"]!, Patience);
        ((string?)ended["metadata"]!["status"]).Should().Be("SUCCEEDED");
    }

    private static async Task WhatHappenedIsToldAsync(GatewayProcess gateway, AdminRest admin)
    {
        var events = (await admin.GetAsync($"{Device}/events"))["events"]!.AsArray().Select(e => (string)e!["kind"]!).ToList();
        events.Should().Contain(["enrollment.claimed", "enrollment.redeemed", "registration.bound"]);
        var audit = await Eventually.GetAsync(
            async () => (await admin.GetAsync($"{Tenant}/auditEvents"))["auditEvents"]!.AsArray().Select(e => (string)e!["action"]!).ToList(),
            a => a.Contains("device.restart"),
            Patience,
            "the restart in the audit journal");
        audit.Should().Contain(["device.claim", "device.generateVerificationCode", "device.enroll"]);

        // The same over gRPC.
        using var channel = GrpcChannel.ForAddress($"http://{gateway["grpc"]}");
        var headers = new Metadata { { "authorization", $"Bearer {gateway.AdminKey()}" } };
        var device = await new Devices.DevicesClient(channel).GetDeviceAsync(new GetDeviceRequest { Name = $"tenants/default/devices/{Mac}" }, headers);
        device.State.ToString().Should().BeEquivalentTo("SignedIn");
        device.Mac.Should().Be(Mac);
    }

    private static Task<(int Status, string Body)> FetchAsync(string root, GatewayProcess gateway, string extension = ".cfg") =>
        Programs.CurlAsync(root + Mac + extension, UserAgent, gateway.CaCertificatePath, "-f", "-L");
}
