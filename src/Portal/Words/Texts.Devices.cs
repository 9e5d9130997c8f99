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
    public static string NotLive =>
        Say("Changes are not told at the moment. The list is read anew every 30 seconds, and follows again by itself as soon as it can.");
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
    public static string Export => Say("Export");
    public static string Vendor => Say("Vendor");
    public static string TrustCertificate => Say("Certificate");
    public static string TrustToken => Say("Token");
    public static string TrustNetwork => Say("Network");
    public static string TrustClaimed => Say("Claimed only");
    public static string AddFilter => Say("Filter");
    public static string AnyValue => Say("any");
    public static string BeginsWith => Say("begins with");
    public static string ClearFilters => Say("Clear filters");
    public static string Columns => Say("Columns");
    public static string LookEverywhere => Say("Look in all devices");
    public static string NoneHere => Say("No phone is here");
    public static string NoneWaitsForCode =>
        Say("Phones come here when they are claimed, and leave when their code is dialled. Claim one by its MAC, or import a table.");
    public static string NoneWaitsForUser => Say("Enrolled phones without a user come here. Every enrolled phone has one.");
    public static string NobodySignedIn => Say("Open an enrolled phone to start its sign-in, or press Sign in on the phone itself.");
    public static string NoneNeedsAttention => Say("Good: no phone needs you.");
    public static string NoneOffline => Say("Good: every phone that was seen before is online.");
    public static string ChoosePage => Say("Choose all on this page");
    public static string ChosenPhones => Say("Chosen phones");
    public static string OneChosen => Say("1 chosen");
    public static string AllChosen => Say("All that match are chosen");
    public static string ChooseAll => Say("Choose all that match");
    public static string ChooseNone => Say("Choose none");
    public static string KeysMove => Say("move");
    public static string KeysOpen => Say("open");
    public static string KeysChoose => Say("choose");
    public static string MakeCodes => Say("Make codes");
    public static string SignOutUsers => Say("Sign out users");
    public static string MoveToSite => Say("Move to site");
    public static string CodesEffect => Say("Each gets a new code to be dialled on it, once. A code that was made before no longer works.");
    public static string RestartEffect => Say("Each is told to restart when it is idle. It counts as done when its new boot was seen.");
    public static string ResyncEffect => Say("Each is told to fetch its configuration now. It counts as done when it did.");
    public static string SignOutEffect => Say("Each loses its user and can make emergency calls only until somebody signs in.");
    public static string MoveEffect => Say("Each takes the policy of the site that you choose, at its next refresh.");
    public static string DeleteEffect => Say("Each loses its claim, its user and its account, and can make no more calls. This cannot be undone.");
    public static string ResolveEffect =>
        Say("Conflicts, failed operations and failed sign-ins leave the list. What only the phone can end stays: its row says what to do.");
    public static string Tags => Say("Tags");
    public static string ChangeTags => Say("Change tags");
    public static string TagEffect =>
        Say("Each gets the tags that you add and loses those that you take off. Its other tags stay, and the phone notices nothing.");
    public static string TagsToAdd => Say("Add");
    public static string TagsToRemove => Say("Take off");
    public static string TagsHint => Say("With a comma between several. A tag has at most 25 letters, digits, blanks, dashes, dots and underscores.");
    public static string NoSitesYet => Say("There are no sites yet.");
    public static string Results => Say("Results");
    public static string Message => Say("Message");
    public static string Code => Say("Code");
    public static string SaveResults => Say("Save results");
    public static string StopAndClose => Say("Stop and close");

    public static string ChooseOne(string phone) => Fill($"Choose {phone}");

    public static string Chosen(string number) => Fill($"{number} chosen");

    public static string OnlySoMany(string number) => Fill($"Only the first {number} are taken. Narrow the list by a filter to take the others.");

    public static string TypeToDelete(string number) => Fill($"Type {number} to delete them");

    public static string MoreInFile(string number) => Fill($"and {number} more; the saved results hold all.");

    public static string RemoveFilter(string field) => Fill($"Remove the filter {field}");

    public static string PageNumber(int number) => Fill($"Page {number}");

    public static string Line(string number) => Fill($"line {number}");

    public static string SecondsAgo(string number) => Fill($"{number} s ago");

    public static string MinutesAgo(string number) => Fill($"{number} min ago");

    public static string HoursAgo(string number) => Fill($"{number} h ago");

    public static string DaysAgo(string number) => Fill($"{number} days ago");

    public static string Hours(string number) => Fill($"{number} h");
}
