namespace SipGateway.Identity;

internal static partial class PageTexts
{
    public static PageText German { get; } = new()
    {
        Language = "de",
        Title = "Anmeldung am Tischtelefon",
        CodeHeading = "Code vom Telefon eingeben",
        CodeLabel = "Kopplungscode",
        CodeHint = "Acht Buchstaben vom Display des Telefons. Groß- oder Kleinbuchstaben, mit oder ohne Bindestrich.",
        Continue = "Weiter",
        PhoneHeading = "Steht dieses Telefon vor Ihnen?",
        PhoneWarning = "Fahren Sie nur fort, wenn Sie diese Anmeldung selbst begonnen haben und das Telefon denselben Code zeigt. Hat "
            + "Ihnen jemand den Code geschickt, wählen Sie Nein.",
        Model = "Telefon",
        UnknownModel = "Tischtelefon",
        MacEnding = "MAC-Adresse endet auf",
        Network = "Angefragt von Netzwerkadresse",
        StartedByAdmin = "Von der Administration begonnen",
        Yes = "Ja, das ist mein Telefon",
        No = "Nein, abbrechen",
        PasswordHeading = "Anmelden",
        UserLabel = "Benutzername",
        PasswordLabel = "Passwort",
        SignIn = "Anmelden",
        DoneHeading = "Sie sind angemeldet",
        DoneText = "Das Telefon zeigt in spätestens einer Minute Ihren Namen. Sie können diese Seite schließen.",
        DeniedHeading = "Die Anmeldung wurde abgebrochen",
        DeniedText = "Am Telefon wurde nichts geändert. Wenn Sie diese Anmeldung nicht begonnen haben, informieren Sie Ihre "
            + "Administration. Sie können diese Seite schließen.",
        OtherCode = "Anderen Code eingeben",
        Error = "Fehler",
        CodeUnknown = "Diesen Kopplungscode gibt es nicht. Vergleichen Sie ihn mit dem Display des Telefons und geben Sie ihn erneut ein.",
        CodeExpired = "Dieser Kopplungscode ist abgelaufen. Drücken Sie am Telefon auf Anmelden, um einen neuen zu erhalten.",
        CodeUsed = "Dieser Kopplungscode wurde bereits verwendet. Drücken Sie am Telefon auf Anmelden, um einen neuen zu erhalten.",
        CodeDenied = "Diese Anmeldung wurde abgebrochen. Drücken Sie am Telefon auf Anmelden, um einen neuen Code zu erhalten.",
        WrongPassword = "Benutzername oder Passwort ist falsch. Versuchen Sie es noch einmal.",
        Locked = "Zu viele falsche Passwörter für diesen Benutzernamen. Warten Sie 15 Minuten und versuchen Sie es dann erneut.",
        TooManyTries = "Zu viele falsche Versuche aus Ihrem Netzwerk. Warten Sie 15 Minuten und versuchen Sie es dann erneut.",
        FormStale = "Diese Seite war zu lange offen, oder Ihr Browser blockiert Cookies. Geben Sie den Code erneut ein.",
        Unavailable = "Ihr Passwort konnte gerade nicht geprüft werden. Es liegt nicht am Passwort; versuchen Sie es in einer Minute "
            + "erneut.",
    };
}
