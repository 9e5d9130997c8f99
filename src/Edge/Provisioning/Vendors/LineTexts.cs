namespace SipGateway.Edge;

/// <summary>What stands beside a line and on the key for signing in and out, in the device's language.</summary>
internal static class LineTexts
{
    /// <summary>The user's number, else the name; without a user what the phone waits for.</summary>
    public static string Label(FileFacts facts)
    {
        if (!facts.IsSignedIn) return ScreenTexts.Of(facts.Language)[ScreenText.SignIn];
        return facts.PhoneNumber.Length > 0 ? facts.PhoneNumber : facts.DisplayName.Length > 0 ? facts.DisplayName : facts.SipUser;
    }

    /// <summary>What others are shown; empty without a user.</summary>
    public static string DisplayName(FileFacts facts) => facts.IsSignedIn ? facts.DisplayName : "";

    /// <summary>Sign in or sign out.</summary>
    public static string Key(FileFacts facts) => ScreenTexts.Of(facts.Language)[facts.IsSignedIn ? ScreenText.SignOut : ScreenText.SignIn];
}
