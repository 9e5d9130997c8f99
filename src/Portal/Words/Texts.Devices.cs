namespace SipGateway.Portal;

/// <content>The list of phones and what is said of each.</content>
internal static partial class Texts
{
    public static string All => Say("All");
    public static string Onboarded => Say("Onboarded");
    public static string WaitingOnActivation => Say("Waiting on activation");
    public static string WaitingForSignIn => Say("Waiting for sign in");
    public static string SignedIn => Say("Signed in");
    public static string Offboarded => Say("Off-boarded");
    public static string Unknown => Say("Unknown");
    public static string Online => Say("Online");
    public static string Offline => Say("Offline");
    public static string NeverSeen => Say("Never seen");
    public static string States => Say("States");
    public static string Search => Say("Search by MAC, user or location");
    public static string SearchHint => Say("MAC, user or location");
    public static string NothingFound => Say("Nothing found");
    public static string NothingFoundNext => Say("The search looks for the start of a MAC, user or location. Filters such as model = \"T46U\" work, too.");
    public static string ShowAll => Say("Show all devices");
    public static string NoPhones => Say("No phones yet");
    public static string NoPhonesNext => Say("Add your first phone: you need its MAC address, which is printed on its back, and two minutes beside it.");
    public static string Phone => Say("Phone");
    public static string State => Say("State");
    public static string Connection => Say("Connection");
    public static string User => Say("User");
    public static string Location => Say("Location");
    public static string LastSeen => Say("Last seen");
    public static string LastSeenLower => Say("last seen");
    public static string Pages => Say("Pages");
    public static string PreviousPage => Say("Previous");
    public static string NextPage => Say("Next");
    public static string ModelUnknown => Say("Model not known yet");
    public static string Never => Say("never");
    public static string JustNow => Say("just now");
    public static string Mac => Say("MAC address");
    public static string MacHint => Say("12 hex digits in any notation; printed on the phone's back.");
    public static string LocationHint => Say("Where it stands, in your words. May be empty.");
    public static string Claim => Say("Claim");
    public static string ClaimLead => Say("Says that this phone is to be yours. It becomes yours when its code is dialled.");

    public static string PageNumber(int number) => Fill($"Page {number}");

    public static string Line(string number) => Fill($"line {number}");

    public static string Ago(int number, string unit) => Fill($"{number} {unit} ago");
}
