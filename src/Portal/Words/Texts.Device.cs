using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>One phone and what can be done with it.</content>
internal static partial class Texts
{
    public static string NoSuchPhone => Say("There is no such phone");
    public static string NoSuchPhoneNext => Say("It was deleted, or it never was claimed here.");
    public static string PhoneDeleted => Say("The phone is deleted");
    public static string PhoneDeletedNext => Say("Its claim, user and account are gone. Claim it again whenever you like.");
    public static string NotFresh => Say("What you see is not fresh:");
    public static string WhereItStands => Say("Where it stands");
    public static string WhatWhoseWhere => Say("What, whose, where");
    public static string Timeline => Say("Timeline");
    public static string NothingHappened => Say("Nothing has happened yet.");
    public static string EffectiveConfig => Say("Effective configuration");
    public static string EffectiveConfigLead =>
        Say("What the phone is told, and the layer that says so. A later layer wins: gateway, tenant, site, model, user, device.");
    public static string Setting => Say("Setting");
    public static string Value => Say("Value");
    public static string From => Say("From");
    public static string FindingOk => Say("OK");
    public static string FindingWaiting => Say("Waiting");
    public static string FindingProblem => Say("Problem");
    public static string Nobody => Say("nobody");
    public static string Site => Say("Site");
    public static string Policy => Say("Policy");
    public static string Model => Say("Model");
    public static string Firmware => Say("Firmware");
    public static string Trust => Say("Trust");
    public static string Address => Say("Address");
    public static string Configuration => Say("Configuration");
    public static string Registered => Say("Registered");
    public static string EmergencyOnly => Say("emergency calls only");
    public static string CodeWaits => Say("Code");
    public static string Claimed => Say("Claimed");
    public static string ConfigNotFetched => Say("not fetched yet");
    public static string ConfigOld => Say("an older one; the phone fetches the present one at its next refresh");
    public static string Actions => Say("Actions");
    public static string NewCode => Say("New code");
    public static string StartSignIn => Say("Start sign-in");
    public static string AssignUser => Say("Assign user");
    public static string SignOutPhone => Say("Sign out user");
    public static string Resync => Say("Resync");
    public static string Restart => Say("Restart");
    public static string Delete => Say("Delete");
    public static string AssignLead => Say("Puts a user on the phone without anybody's password.");
    public static string UserHint => Say("Type a name, or choose one.");
    public static string DeleteQuestion =>
        Say("The phone loses its claim, its user and its account, and can make no more calls. Its timeline stays in the audit log.");
    public static string Running => Say("Running");
    public static string Succeeded => Say("Succeeded");
    public static string Unproven => Say("Not proved");
    public static string Cancelled => Say("Cancelled");
    public static string Failed => Say("Failed");

    public static string DeleteTitle(string phone) => Fill($"Delete {phone}?");

    public static string ConfigPresent(string ago) => Fill($"present, fetched {ago}");

    public static string RegisteredBy(string transport, string edge, string left) => Fill($"{transport.ToUpperInvariant()} at {edge}, for another {left}");

    public static string StageSignIn => Say("Sign-in");
    public static string RestartWaits => Say("The phone was told to restart. Done when its new boot was seen.");
    public static string ResyncWaits => Say("The phone was told to fetch its configuration. Done when it did.");
    public static string EdgesWait => Say("Done when every edge has heard of it.");
    public static string TrustCertificateTold => Say("Certificate: showed its factory certificate");
    public static string TrustTokenTold => Say("Token: came back with its own address over TLS");
    public static string TrustNetworkTold => Say("Network: came from a trusted range");
    public static string TrustClaimedTold => Say("Claimed: only says its MAC");

    public static string StageOnboarding => Say("Onboarding");
    public static string StageEnrollment => Say("Enrollment");
    public static string StageRegistration => Say("Registration");

    public static string Stage(string stage) => stage switch
    {
        "Onboarding" => StageOnboarding, "Enrollment" => StageEnrollment, "SignIn" => StageSignIn, "Registration" => StageRegistration,
        "Policy" => Policy, "Restart" => Restart, _ => stage,
    };

    public static string Layer(string layer) => layer switch
    {
        "GATEWAY" => LayerGateway, "TENANT" => LayerTenant, "SITE" => LayerSite, "MODEL" => LayerModel, "USER" => LayerUser, "DEVICE" => LayerPhone, _ => layer,
    };

    public static string OperationOf(string kind) => kind switch
    {
        "restart" => Restart, "resync" => Resync, "signOut" => SignOutPhone, "delete" => Delete, _ => kind,
    };

    public static string OperationWaits(string kind) => kind switch { "restart" => RestartWaits, "resync" => ResyncWaits, _ => EdgesWait };

    public static string TrustOf(Device.Types.TrustLevel level) => level switch
    {
        Device.Types.TrustLevel.Certificate => TrustCertificateTold,
        Device.Types.TrustLevel.Token => TrustTokenTold,
        Device.Types.TrustLevel.Network => TrustNetworkTold,
        Device.Types.TrustLevel.Claimed => TrustClaimedTold,
        _ => Unknown,
    };
}
