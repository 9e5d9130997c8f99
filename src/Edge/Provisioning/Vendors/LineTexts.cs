using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>What stands beside a line and on the key for signing in and out, in the device's language.</summary>
internal static class LineTexts
{
    /// <summary>The user's number, else the name; without a user what the phone waits for.</summary>
    public static string Label(FileFacts facts) => Label(facts.Language, facts.IsSignedIn, facts.PhoneNumber, facts.DisplayName, facts.SipUser);

    /// <summary>Another line of the device.</summary>
    public static LineFacts Of(LineConfig line, string language) => new(
        line.Number,
        line.SipUser,
        line.SipPassword,
        Label(language, line.IsSignedIn, line.PhoneNumber, line.DisplayName, line.SipUser),
        line.IsSignedIn ? line.DisplayName : "");

    /// <summary>What others are shown; empty without a user.</summary>
    public static string DisplayName(FileFacts facts) => facts.IsSignedIn ? facts.DisplayName : "";

    /// <summary>Sign in or sign out.</summary>
    public static string Key(FileFacts facts) => ScreenTexts.Of(facts.Language)[facts.IsSignedIn ? ScreenText.SignOut : ScreenText.SignIn];

    private static string Label(string language, bool isSignedIn, string number, string name, string account)
    {
        if (!isSignedIn) return ScreenTexts.Of(language)[ScreenText.SignIn];
        return number.Length > 0 ? number : name.Length > 0 ? name : account;
    }
}
