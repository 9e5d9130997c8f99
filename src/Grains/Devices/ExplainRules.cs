using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>"Why is this phone stuck?" Stage by stage, with the next step.</summary>
internal static class ExplainRules
{
    public static ImmutableArray<Finding> Findings(Phone phone, DeviceFacts facts, string tenant)
    {
        if (phone.Claims.FirstOrDefault(c => c.Tenant == tenant) is not { } claim) return [];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        findings.Add(Enrollment(phone, claim, facts, tenant));
        if (phone.Seat is { } seat && seat.Tenant == tenant)
        {
            findings.Add(seat.ProvedAtUtc is null
                ? Problem("Onboarding", "WAITING", "The phone has not come back for its configuration since it was enrolled.", "Make sure that it reaches the https port and trusts the gateway's CA; then reboot it.")
                : Ok("Onboarding", $"Served last to {seat.ServedAddress}."));
            findings.Add(seat.User is { } user
                ? Ok("SignIn", $"{user.UserId} is signed in.")
                : Problem("SignIn", "WAITING", "Nobody is signed in.", phone.SignIn is { Progress: SignInProgress.Failed } failed ? failed.Message : "Press Sign in on the phone, or start a sign-in from here."));
            findings.Add(Registration(phone, facts));
            findings.Add(PolicyRules.ConfigOf(phone, facts)?.Hash == seat.AppliedConfigHash
                ? Ok("Policy", "The phone has its present configuration.")
                : Problem("Policy", "WAITING", "The phone has not fetched its present configuration yet.", "It will at its next refresh; resync it to have it now."));
        }

        findings.AddRange(phone.Alerts.Where(a => a.Tenant == tenant).Select(a => Problem("Trust", "PROBLEM", a.Message, "Look at the events.")));
        return findings.ToImmutable();
    }

    private static Finding Enrollment(Phone phone, Claim claim, DeviceFacts facts, string tenant)
    {
        if (phone.Seat?.Tenant == tenant) return Ok("Enrollment", $"Enrolled {phone.Seat.EnrolledAtUtc:u}.");
        if (phone.Seat is not null) return Problem("Enrollment", "PROBLEM", "The device is in service elsewhere.", "It must be released there first.");
        if (claim.WrongCodes >= facts.Options.MaxWrongCodes) return Problem("Enrollment", "PROBLEM", "The code is locked after too many wrong ones.", "Make a new code.");
        return EnrollmentRules.IsWaiting(claim, facts)
            ? Problem("Enrollment", "WAITING", $"The code has not been dialled; it ends {claim.CodeExpiresAtUtc:u}.", "Dial *55* and the code on the phone.")
            : Problem("Enrollment", "WAITING", "There is no code that could be dialled.", "Make a code.");
    }

    private static Finding Registration(Phone phone, DeviceFacts facts)
    {
        var live = phone.Bindings.Where(b => b.ExpiresAtUtc > facts.Now && b.Credential[0] == 'e').ToList();
        if (live.Any(b => !b.IsRestricted)) return Ok("Registration", "The phone is registered.");
        return live.Count > 0
            ? Problem("Registration", "WAITING", "The phone is registered with a retired credential.", "It was told to fetch its configuration; resync or reboot it if it does not.")
            : Problem("Registration", "PROBLEM", "The phone is not registered.", "Check its power and network.");
    }

    private static Finding Ok(string stage, string message) => new() { Stage = stage, Status = "OK", Message = message };

    private static Finding Problem(string stage, string status, string message, string next) => new() { Stage = stage, Status = status, Message = message, NextStep = next };
}
