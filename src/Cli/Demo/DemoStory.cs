using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.PhoneSimulator;

namespace SipGateway.Cli;

/// <summary>The story, one method a chapter. Everything in it is real: HTTP, SIP, RTP, the sign-in page; only the phone is made of software.</summary>
internal sealed class DemoStory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GatewaySession session;
    private readonly Uri provisioningUrl;
    private readonly Devices.DevicesClient devices;
    private readonly string mac = "001565" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private readonly string userId = "demo-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
    private readonly Stopwatch watch = Stopwatch.StartNew();

    public DemoStory(GatewaySession session, Uri provisioningUrl)
    {
        this.session = session;
        this.provisioningUrl = provisioningUrl;
        devices = new Devices.DevicesClient(session.Invoker);
    }

    private string Name => session.NameOf("devices", mac);

    public async Task<int> TellAsync()
    {
        await using var phone = new SimulatedPhone(new PhoneOptions { Mac = mac, ProvisioningUrl = provisioningUrl, Model = "T46U" });
        try
        {
            await OnboardAsync(phone);
            await ClaimAndEnrolAsync(phone);
            await SignInAsync(phone);
            await PolicyAsync(phone);
            await RestartAsync(phone);
            await PowerCutAsync(phone);
            await SignOutAndDeleteAsync(phone);
            await SayAsync("", $"That was a phone's whole life, in {watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds.");
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            await session.Talk.WriteLineAsync($"sipgw: the demo stopped: {failure.Message}");
            await session.Talk.WriteLineAsync($"What the gateway saw: sipgw devices events {mac}; why it is stuck: sipgw devices explain {mac}");
            return ExitCodes.Error;
        }
    }

    private async Task OnboardAsync(SimulatedPhone phone)
    {
        await SayAsync("Onboarding", $"A factory-fresh Yealink T46U, {mac}, is plugged in and asks {provisioningUrl} for its files.");
        await phone.PowerOnAsync(session.Cancellation);
        if (phone.History.OfType<ProvisioningFailed>().FirstOrDefault() is { } failed)
        {
            throw new InvalidOperationException($"{failed.Reason} Is the gateway running, and is {provisioningUrl} its http port? (--provisioning-url)");
        }

        var files = phone.History.OfType<FileFetched>().Count(f => f.StatusCode == 200);
        await SayAsync("", $"It was given {files} files, trusts the gateway's CA, and has an account that can dial its code and nothing else.");
        await phone.WaitForAsync<Registered>(timeout: Patience);
        await SayAsync("", "It registered as a candidate. No admin knows it yet.");
    }

    private async Task ClaimAndEnrolAsync(SimulatedPhone phone)
    {
        var claim = new ClaimDeviceRequest { Parent = session.Tenant, Device = new Device { Mac = mac, Location = "Demo desk" } };
        await devices.ClaimDeviceAsync(claim, session.Call);
        await SayAsync("Claim", "An administrator claims the MAC address for the organisation. The device waits for its activation.");
        var code = await devices.GenerateVerificationCodeAsync(new GenerateVerificationCodeRequest { Name = Name }, session.Call);
        await SayAsync("Enrolment", $"The administrator makes a one-time code. A technician dials *55*{code.VerificationCode} on the phone.");
        var mark = phone.LastSequence;
        var call = await phone.DialAsync($"*55*{code.VerificationCode}", cancellation: session.Cancellation);
        if (!call.IsAnswered) throw new InvalidOperationException($"The code was refused: {call.StatusCode} {call.Reason}.");
        await call.Ended.WaitAsync(Patience, session.Cancellation);
        await SayAsync("", $"The gateway answers, plays a confirmation ({call.RtpPacketsReceived} RTP packets heard), and hangs up.");
        await phone.WaitForAsync<Registered>(r => r.Sequence > mark, Patience, mark);
        await StateAsync("WAITING_FOR_SIGN_IN");
        await SayAsync("", "A NOTIFY made the phone fetch its own configuration over https; it came back with a password of its own. It is enrolled.");
    }

    private async Task SignInAsync(SimulatedPhone phone)
    {
        await new Users.UsersClient(session.Invoker).CreateUserAsync(
            new CreateUserRequest { Parent = session.Tenant, User = new User { UserId = userId, DisplayName = "Dana Demo", InitialPassword = password } },
            session.Call);
        var screen = await PairingScreenAsync(phone);
        await SayAsync("Sign-in", $"The Sign in key shows: {screen.SignInUrl}, code {screen.PairingCode}.");
        var mark = phone.LastSequence;
        var browser = new DemoBrowser(phone.Memory.TrustedCertificatePem);
        await browser.SignInAsync(new Uri(screen.SignInUrl!), screen.PairingCode!, userId, password, session.Cancellation);
        await SayAsync("", "A browser opens that page, says yes to \"Is this phone in front of you?\", and signs in as Dana Demo.");
        await phone.WaitForAsync<Registered>(r => r.Label.Contains("Dana", StringComparison.Ordinal), Patience, mark);
        await StateAsync("SIGNED_IN");
        await SayAsync("Registration", "The phone fetched its user's line and registered it. The phone never saw a token.");
    }

    private async Task PolicyAsync(SimulatedPhone phone)
    {
        var mark = phone.LastSequence;
        var operation = await devices.ResyncDeviceAsync(new ResyncDeviceRequest { Name = Name }, session.Call);
        await phone.WaitForAsync<NotifyReceived>(n => n.Event.Contains("reboot=false", StringComparison.Ordinal), Patience, mark);
        await EndAsync(operation);
        await SayAsync("Policy", "\"Sync now\": a NOTIFY over the phone's own flow, a fetch, and the hash of what it applied is in the inventory.");
    }

    private async Task RestartAsync(SimulatedPhone phone)
    {
        var mark = phone.LastSequence;
        var operation = await devices.RestartDeviceAsync(new RestartDeviceRequest { Name = Name }, session.Call);
        await phone.WaitForAsync<Rebooting>(timeout: Patience, after: mark);
        await SayAsync("Restart", "The administrator asks for a restart; the phone reboots.");
        await EndAsync(operation);
        await SayAsync("", "SUCCEEDED, because the new boot was seen: the first file of its boot order, and a new registration.");
    }

    private async Task PowerCutAsync(SimulatedPhone phone)
    {
        var mark = phone.LastSequence;
        await phone.PowerCycleAsync(session.Cancellation);
        await phone.WaitForAsync<Registered>(r => r.Label.Contains("Dana", StringComparison.Ordinal), Patience, mark);
        await SayAsync("Power cut", "DHCP still points at the start, yet the user's line is back, untouched by hands.");
    }

    private async Task SignOutAndDeleteAsync(SimulatedPhone phone)
    {
        var mark = phone.LastSequence;
        await devices.SignOutDeviceAsync(new SignOutDeviceRequest { Name = Name }, session.Call);
        await phone.WaitForAsync<Registered>(r => !r.Label.Contains("Dana", StringComparison.Ordinal), Patience, mark);
        await SayAsync("Sign-out", "Signed out: the old password is void, the phone fetched its place without a user.");
        await devices.DeleteDeviceAsync(new DeleteDeviceRequest { Name = Name }, session.Call);
        var user = new DeleteUserRequest { Name = session.NameOf("users", userId) };
        await new Users.UsersClient(session.Invoker).DeleteUserAsync(user, session.Call);
        await SayAsync("Delete", "The device is deleted; it may come back without a factory reset.");
    }

    private async Task<PhoneScreen> PairingScreenAsync(SimulatedPhone phone)
    {
        var screen = await phone.PressSignInKeyAsync(session.Cancellation);
        for (var again = 0; again < 5 && screen.PairingCode is null; again++) screen = await phone.PressSignInKeyAsync(session.Cancellation);
        return screen.PairingCode is null || screen.SignInUrl is null
            ? throw new InvalidOperationException($"The sign-in screen shows no code: {screen}")
            : screen;
    }

    private Task StateAsync(string state) => UntilAsync(
        async () => (await devices.GetDeviceAsync(new GetDeviceRequest { Name = Name }, session.Call)).State.ToString().Equals(
            state.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase),
        $"the device to be {state}");

    private Task EndAsync(Operation operation)
    {
        var operations = new Operations.OperationsClient(session.Invoker);
        return UntilAsync(
            async () =>
            {
                var now = await operations.GetOperationAsync(new GetOperationRequest { Name = operation.Name }, session.Call);
                return now.Error is { } error ? throw new InvalidOperationException(error.Message) : now.Done;
            },
            $"{operation.Name} to end");
    }

    private async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (var started = watch.Elapsed; watch.Elapsed - started < Patience;)
        {
            if (await isSo()) return;
            await Task.Delay(100, session.Cancellation);
        }

        throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for {what}.");
    }

    private Task SayAsync(string chapter, string sentence) => session.Output.WriteLineAsync(
        $"{watch.Elapsed.TotalSeconds.ToString("00.0", CultureInfo.InvariantCulture)} s  {chapter,-12} {sentence}");
}
