namespace SipGateway.Portal;

/// <content>Why a phone needs a person, and what to do next.</content>
internal static partial class Texts
{
    public static string NeedsAttention => Say("Needs attention");
    public static string Attention => Say("Attention");
    public static string MarkResolved => Say("Mark as resolved");

    public static string ReasonConflict => Say("Conflict");
    public static string ReasonConflictTold =>
        Say("Somebody else claimed to be this phone, or its configuration was asked for twice. The phone in service was not disturbed.");
    public static string ReasonConflictNext => Say("If the phone is to be replaced or handed over, delete it here. If not, mark this as resolved.");

    public static string ReasonOperation => Say("Operation failed");
    public static string ReasonOperationTold => Say("The last restart or resync was not carried out, and the phone has fetched nothing since.");
    public static string ReasonOperationNext => Say("Check its power and network, then try again. This ends by itself when the phone comes for its files.");

    public static string ReasonSignIn => Say("Sign-in failed");
    public static string ReasonSignInTold => Say("The last sign-in failed, or its time ran out.");
    public static string ReasonSignInNext => Say("Start the sign-in again, or assign a user.");

    public static string ReasonCode => Say("Code locked");
    public static string ReasonCodeTold => Say("Too many wrong codes were dialled on phones with this MAC address.");
    public static string ReasonCodeNext => Say("Make a new code and dial it on the phone.");

    public static string ReasonConfig => Say("Configuration not fetched");
    public static string ReasonConfigTold => Say("The phone should have fetched a new configuration within an hour, and has not.");
    public static string ReasonConfigNext =>
        Say("Check that it is online, then resync or restart it. If it never came back after its code was dialled, make a new code.");

    public static string ReasonRegistration => Say("Not registering");
    public static string ReasonRegistrationTold => Say("The phone has fetched its account and does not register with it.");
    public static string ReasonRegistrationNext => Say("Check that it reaches the gateway's SIP port, then restart it.");

    public static string ReasonFirmware => Say("Firmware too old");
    public static string ReasonFirmwareTold => Say("The firmware is older than the oldest that works on this model.");
    public static string ReasonFirmwareNext => Say("Upgrade the phone.");
}
