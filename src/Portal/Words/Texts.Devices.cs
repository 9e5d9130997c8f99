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

    public static string PageNumber(int number) => $"Page {number}";

    public static string Line(string number) => $"line {number}";

    public static string Ago(int number, string unit) => $"{number} {unit} ago";
}
