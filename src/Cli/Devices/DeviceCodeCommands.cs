using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices code</c> and <c>sign-in</c>: what a technician or user types.</summary>
internal static class DeviceCodeCommands
{
    public static Command Code() =>
        DevicesCommand.OnOne("code", "Makes the one-time code that is dialled as *55*CODE", async (session, name) =>
    {
        var code = await DevicesCommand.Client(session).GenerateVerificationCodeAsync(
            new GenerateVerificationCodeRequest { Name = name }, session.Call);
        session.Writer.WriteOne(
            code, c => c.VerificationCode, new("CODE", c => c.VerificationCode), new("EXPIRES", c => Texts.Time(c.ExpireTime)));
        await session.Talk.WriteLineAsync($"Dial on the phone: *55*{code.VerificationCode}");
        return ExitCodes.Done;
    });

    public static Command SignIn() =>
        DevicesCommand.OnOne("sign-in", "Starts a sign-in; shows where to go and what to type", async (session, name) =>
    {
        var started = await DevicesCommand.Client(session).StartSignInAsync(new StartSignInRequest { Name = name }, session.Call);
        session.Writer.WriteOne(
            started, s => s.UserCode, new("URL", s => s.VerificationUri), new("CODE", s => s.UserCode),
                new("EXPIRES", s => Texts.Time(s.ExpireTime)));
        return ExitCodes.Done;
    });
}
