namespace SipGateway.Portal;

/// <content>The list of phones and what is said of each.</content>
internal static partial class Texts
{
    public static string All => "All";
    public static string Onboarded => "Onboarded";
    public static string WaitingOnActivation => "Waiting on activation";
    public static string WaitingForSignIn => "Waiting for sign in";
    public static string SignedIn => "Signed in";
    public static string Offboarded => "Off-boarded";
    public static string Unknown => "Unknown";
    public static string Online => "Online";
    public static string Offline => "Offline";
    public static string NeverSeen => "Never seen";
    public static string States => "States";
    public static string Search => "Search by MAC, user or location";
    public static string SearchHint => "MAC, user or location";
    public static string NothingFound => "Nothing found";
    public static string NothingFoundNext => "The search looks for the start of a MAC, user or location. Filters such as model = \"T46U\" work, too.";
    public static string ShowAll => "Show all devices";
    public static string NoPhones => "No phones yet";
    public static string NoPhonesNext => "Add your first phone: you need its MAC address, which is printed on its back, and two minutes beside it.";
    public static string Phone => "Phone";
    public static string State => "State";
    public static string Connection => "Connection";
    public static string User => "User";
    public static string Location => "Location";
    public static string LastSeen => "Last seen";
    public static string LastSeenLower => "last seen";
    public static string Pages => "Pages";
    public static string PreviousPage => "Previous";
    public static string NextPage => "Next";
    public static string ModelUnknown => "Model not known yet";
    public static string Never => "never";
    public static string JustNow => "just now";
    public static string Mac => "MAC address";
    public static string MacHint => "12 hex digits in any notation; printed on the phone's back.";
    public static string LocationHint => "Where it stands, in your words. May be empty.";
    public static string Claim => "Claim";
    public static string ClaimLead => "Says that this phone is to be yours. It becomes yours when its code is dialled.";
    public static string Export => "Export";
    public static string Vendor => "Vendor";
    public static string TrustCertificate => "Certificate";
    public static string TrustToken => "Token";
    public static string TrustNetwork => "Network";
    public static string TrustClaimed => "Claimed only";
    public static string AddFilter => "Filter";
    public static string AnyValue => "any";
    public static string BeginsWith => "begins with";
    public static string ClearFilters => "Clear filters";
    public static string Columns => "Columns";
    public static string LookEverywhere => "Look in all devices";
    public static string NoneHere => "No phone is here";
    public static string NoneWaitsForCode =>
        "Phones come here when they are claimed, and leave when their code is dialled. Claim one by its MAC, or import a table.";
    public static string NoneWaitsForUser => "Enrolled phones without a user come here. Every enrolled phone has one.";
    public static string NobodySignedIn => "Open an enrolled phone to start its sign-in, or press Sign in on the phone itself.";
    public static string NoneOffline => "Good: every phone that was seen before is online.";
    public static string ChoosePage => "Choose all on this page";
    public static string ChosenPhones => "Chosen phones";
    public static string OneChosen => "1 chosen";
    public static string AllChosen => "All that match are chosen";
    public static string ChooseAll => "Choose all that match";
    public static string ChooseNone => "Choose none";
    public static string KeysMove => "move";
    public static string KeysOpen => "open";
    public static string KeysChoose => "choose";
    public static string MakeCodes => "Make codes";
    public static string SignOutUsers => "Sign out users";
    public static string MoveToSite => "Move to site";
    public static string CodesEffect => "Each gets a new code to be dialled on it, once. A code that was made before no longer works.";
    public static string RestartEffect => "Each is told to restart when it is idle. It counts as done when its new boot was seen.";
    public static string ResyncEffect => "Each is told to fetch its configuration now. It counts as done when it did.";
    public static string SignOutEffect => "Each loses its user and can make emergency calls only until somebody signs in.";
    public static string MoveEffect => "Each takes the policy of the site that you choose, at its next refresh.";
    public static string DeleteEffect => "Each loses its claim, its user and its account, and can make no more calls. This cannot be undone.";
    public static string OnePhone => "1 phone";
    public static string NoSite => "no site";
    public static string NoSitesYet => "There are no sites yet.";
    public static string Result => "Result";
    public static string Results => "Results";
    public static string Message => "Message";
    public static string Code => "Code";
    public static string Progress => "Progress";
    public static string SaveResults => "Save results";
    public static string Close => "Close";
    public static string StopAndClose => "Stop and close";

    public static string ChooseOne(string phone) => $"Choose {phone}";

    public static string Chosen(string number) => $"{number} chosen";

    public static string Phones(string number) => $"{number} phones";

    public static string OnlySoMany(string number) => $"Only the first {number} are taken. Narrow the list by a filter to take the others.";

    public static string TypeToDelete(string number) => $"Type {number} to delete them";

    public static string MoreInFile(string number) => $"and {number} more; the saved results hold all.";

    public static string RemoveFilter(string field) => $"Remove the filter {field}";

    public static string PageNumber(int number) => $"Page {number}";

    public static string Line(string number) => $"line {number}";

    public static string SecondsAgo(string number) => $"{number} s ago";

    public static string MinutesAgo(string number) => $"{number} min ago";

    public static string HoursAgo(string number) => $"{number} h ago";

    public static string DaysAgo(string number) => $"{number} days ago";
}
