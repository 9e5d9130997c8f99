namespace SipGateway.Identity;

internal static partial class PageTexts
{
    public static PageText French { get; } = new()
    {
        Language = "fr",
        Title = "Connexion du téléphone de bureau",
        CodeHeading = "Saisissez le code du téléphone",
        CodeLabel = "Code d’association",
        CodeHint = "Huit lettres affichées à l’écran du téléphone. Majuscules ou minuscules, avec ou sans tiret.",
        Continue = "Continuer",
        PhoneHeading = "Ce téléphone est-il devant vous ?",
        PhoneWarning = "Continuez uniquement si vous avez lancé cette connexion vous-même et si le téléphone affiche le même code. Si "
            + "quelqu’un vous a envoyé le code, choisissez Non.",
        Model = "Téléphone",
        UnknownModel = "Téléphone de bureau",
        MacEnding = "L’adresse MAC se termine par",
        Network = "Demandé depuis l’adresse réseau",
        StartedByAdmin = "Lancé par un administrateur",
        Yes = "Oui, c’est mon téléphone",
        No = "Non, arrêter",
        PasswordHeading = "Se connecter",
        UserLabel = "Nom d’utilisateur",
        PasswordLabel = "Mot de passe",
        SignIn = "Se connecter",
        DoneHeading = "Vous êtes connecté",
        DoneText = "Le téléphone affiche votre nom en moins d’une minute. Vous pouvez fermer cette page.",
        DeniedHeading = "La connexion a été arrêtée",
        DeniedText = "Rien n’a été modifié sur le téléphone. Si vous n’avez pas lancé cette connexion, prévenez votre administrateur. "
            + "Vous pouvez fermer cette page.",
        OtherCode = "Saisir un autre code",
        Error = "Erreur",
        CodeUnknown = "Ce code d’association n’existe pas. Comparez-le avec l’écran du téléphone et saisissez-le à nouveau.",
        CodeExpired = "Ce code d’association a expiré. Appuyez sur Se connecter sur le téléphone pour en obtenir un nouveau.",
        CodeUsed = "Ce code d’association a déjà été utilisé. Appuyez sur Se connecter sur le téléphone pour en obtenir un nouveau.",
        CodeDenied = "Cette connexion a été arrêtée. Appuyez sur Se connecter sur le téléphone pour obtenir un nouveau code.",
        WrongPassword = "Le nom d’utilisateur ou le mot de passe est incorrect. Réessayez.",
        Locked = "Trop de mots de passe incorrects pour ce nom d’utilisateur. Attendez 15 minutes, puis réessayez.",
        TooManyTries = "Trop d’essais incorrects depuis votre réseau. Attendez 15 minutes, puis réessayez.",
        FormStale = "Cette page est restée ouverte trop longtemps ou votre navigateur bloque les cookies. Saisissez à nouveau le code.",
        Unavailable = "Votre mot de passe n’a pas pu être vérifié pour le moment. Il n’est pas en cause ; réessayez dans une minute.",
    };
}
