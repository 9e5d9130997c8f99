using System.Globalization;
using System.Net;
using SipGateway.Cluster.Tests.Security;
using SipGateway.PhoneSimulator;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>One thing that reaches two edges at one instant happens once.</summary>
[Collection<OneQuietCluster>]
public sealed class TwoEdgesTests(QuietCluster quiet)
{
    private static readonly int Trials = int.Parse(Environment.GetEnvironmentVariable("SIPGATEWAY_TEST_TRIALS") ?? "10", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Code_DialledAtOneInstantOnTwoEdges_IsTakenOnce()
    {
        using var admin = new RetryingAdmin(quiet.Cluster);
        await using var database = quiet.Cluster.Database();
        for (var trial = 0; trial < Trials; trial++)
        {
            var mac = (0x0015_65F0_0000 + trial).ToString("x12", CultureInfo.InvariantCulture);
            await using var one = await OpenAsync(mac, 0);
            await using var other = await OpenAsync(mac, 1);
            (await admin.PostAsync($"v1/tenants/default/devices?requestId={Guid.NewGuid()}", new { mac }, Patience)).Should().NotBeNull();
            var code = (string)(await admin.PostAsync(
                $"v1/tenants/default/devices/{mac}:generateVerificationCode", new { requestId = Guid.NewGuid().ToString() }, Patience))!["verificationCode"]!;

            var calls = await Task.WhenAll(one.DialAsync($"*55*{code}"), other.DialAsync($"*55*{code}"));

            calls.Count(call => call.IsAnswered).Should().Be(1, "{0}: {1}", mac, string.Join(", ", calls.Select(call => $"{call.StatusCode} {call.Reason}")));
            calls.Where(call => !call.IsAnswered).Should().OnlyContain(call => call.StatusCode == 403);
            await using var rows = database.CreateCommand("SELECT count(*) FROM audit WHERE target = $1 AND action = 'device.enroll' AND outcome = 'OK'");
            rows.Parameters.AddWithValue($"devices/{mac}");
            (await rows.ExecuteScalarAsync()).Should().Be(1L);
        }
    }

    private async Task<SimulatedPhone> OpenAsync(string mac, int edge)
    {
        var phone = new SimulatedPhone(new PhoneOptions
        {
            Mac = mac, ProvisioningUrl = quiet.Cluster.Provisioning[edge], LocalAddress = new IPAddress([127, 0, 9, (byte)(1 + edge)]),
        });
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>();
        return phone;
    }
}
