using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <content>One phone and what can be done with it.</content>
internal static partial class Texts
{
    public static string NoSuchPhone => "There is no such phone";
    public static string NoSuchPhoneNext => "It was deleted, or it never was claimed here.";
    public static string PhoneDeleted => "The phone is deleted";
    public static string PhoneDeletedNext => "Its claim, user and account are gone. Claim it again whenever you like.";
    public static string NotFresh => "What you see is not fresh:";
    public static string WhereItStands => "Where it stands";
    public static string WhatWhoseWhere => "What, whose, where";
    public static string Timeline => "Timeline";
    public static string NothingHappened => "Nothing has happened yet.";
    public static string EffectiveConfig => "Effective configuration";
    public static string EffectiveConfigLead =>
        "What the phone is told, and the layer that says so. A later layer wins: gateway, tenant, site, model, user, device.";
    public static string Setting => "Setting";
    public static string Value => "Value";
    public static string From => "From";
    public static string FindingOk => "OK";
    public static string FindingWaiting => "Waiting";
    public static string FindingProblem => "Problem";
    public static string Nobody => "nobody";
    public static string Site => "Site";
    public static string Policy => "Policy";
    public static string Model => "Model";
    public static string Firmware => "Firmware";
    public static string Trust => "Trust";
    public static string Address => "Address";
    public static string Configuration => "Configuration";
    public static string Registered => "Registered";
    public static string EmergencyOnly => "emergency calls only";
    public static string CodeWaits => "Code";
    public static string Claimed => "Claimed";
    public static string ConfigNotFetched => "not fetched yet";
    public static string ConfigOld => "an older one; the phone fetches the present one at its next refresh";
    public static string Actions => "Actions";
    public static string NewCode => "New code";
    public static string StartSignIn => "Start sign-in";
    public static string AssignUser => "Assign user";
    public static string SignOutPhone => "Sign out user";
    public static string Resync => "Resync";
    public static string Restart => "Restart";
    public static string Delete => "Delete";
    public static string AssignLead => "Puts a user on the phone without anybody's password.";
    public static string UserHint => "Type a name, or choose one.";
    public static string DeleteQuestion =>
        "The phone loses its claim, its user and its account, and can make no more calls. Its timeline stays in the audit log.";
    public static string Running => "Running";
    public static string Succeeded => "Succeeded";
    public static string Unproven => "Not proved";
    public static string Cancelled => "Cancelled";
    public static string Failed => "Failed";

    public static string DeleteTitle(string phone) => $"Delete {phone}?";

    public static string ConfigPresent(string ago) => $"present, fetched {ago}";

    public static string RegisteredBy(string transport, string edge, string left) => $"{transport.ToUpperInvariant()} at {edge}, for another {left}";

    public static string Stage(string stage) => stage switch { "SignIn" => "Sign-in", _ => stage };

    public static string Layer(string layer) => layer.Length == 0 ? "" : layer[..1] + layer[1..].ToLowerInvariant();

    public static string OperationOf(string kind) => kind switch
    {
        "restart" => Restart, "resync" => Resync, "signOut" => SignOutPhone, "delete" => Delete, _ => kind,
    };

    public static string OperationWaits(string kind) => kind switch
    {
        "restart" => "The phone was told to restart. Done when its new boot was seen.",
        "resync" => "The phone was told to fetch its configuration. Done when it did.",
        _ => "Done when every edge has heard of it.",
    };

    public static string TrustOf(Device.Types.TrustLevel level) => level switch
    {
        Device.Types.TrustLevel.Certificate => "Certificate: showed its factory certificate",
        Device.Types.TrustLevel.Token => "Token: came back with its own address over TLS",
        Device.Types.TrustLevel.Network => "Network: came from a trusted range",
        Device.Types.TrustLevel.Claimed => "Claimed: only says its MAC",
        _ => Unknown,
    };
}
