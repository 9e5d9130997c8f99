using System.Collections.Frozen;

namespace SipGateway.Edge;

/// <summary>What a phone's screen says.</summary>
internal enum ScreenText
{
    SignIn,
    SignOut,
    GoTo,
    EnterCode,
    MinutesLeft,
    OneMoment,
    SignedInAs,
    SignedOut,
    ReallySignOut,
    Yes,
    Back,
    Again,
    Refresh,
    NotPossible,
    TryLater,
    Expired,
    QrCode,
}

/// <summary>The texts in six languages; English for every other.</summary>
internal static class ScreenTexts
{
    /// <summary>The language when nobody chose one.</summary>
    public const string Default = "en";

    private static readonly FrozenDictionary<string, string[]> ByLanguage = new Dictionary<string, string[]>
    {
        ["en"] =
        [
            "Sign in", "Sign out", "Go to", "Enter the code", "{0} min left",
            "One moment…", "Signed in as", "Signed out", "Really sign out?", "Yes",
            "Back", "Again", "Refresh", "Sign-in is not possible", "Please try again later.",
            "The code has expired.", "QR code",
        ],
        ["de"] =
        [
            "Anmelden", "Abmelden", "Öffnen Sie", "Code eingeben", "noch {0} min",
            "Einen Moment…", "Angemeldet als", "Abgemeldet", "Wirklich abmelden?", "Ja",
            "Zurück", "Nochmal", "Neu laden", "Anmelden ist nicht möglich", "Bitte später noch einmal versuchen.",
            "Der Code ist abgelaufen.", "QR-Code",
        ],
        ["es"] =
        [
            "Iniciar sesión", "Cerrar sesión", "Visite", "Introduzca el código", "quedan {0} min",
            "Un momento…", "Sesión de", "Sesión cerrada", "¿Cerrar la sesión?", "Sí",
            "Atrás", "Otra vez", "Actualizar", "No es posible iniciar sesión", "Inténtelo más tarde.",
            "El código ha caducado.", "Código QR",
        ],
        ["fr"] =
        [
            "Connexion", "Déconnexion", "Ouvrez", "Saisissez le code", "encore {0} min",
            "Un instant…", "Connecté :", "Déconnecté", "Se déconnecter ?", "Oui",
            "Retour", "Encore", "Actualiser", "Connexion impossible", "Réessayez plus tard.",
            "Le code a expiré.", "Code QR",
        ],
        ["pt"] =
        [
            "Entrar", "Sair", "Abra", "Digite o código", "faltam {0} min",
            "Um momento…", "Conectado como", "Desconectado", "Sair mesmo?", "Sim",
            "Voltar", "De novo", "Atualizar", "Não é possível entrar", "Tente mais tarde.",
            "O código expirou.", "Código QR",
        ],
        ["ja"] =
        [
            "サインイン", "サインアウト", "アクセス先", "コードを入力", "残り{0}分",
            "お待ちください…", "サインイン中", "サインアウトしました", "サインアウトしますか？", "はい",
            "戻る", "もう一度", "更新", "サインインできません", "後でもう一度お試しください。",
            "コードの有効期限が切れました。", "QRコード",
        ],
    }.ToFrozenDictionary();

    /// <summary>Whether there are texts of this language.</summary>
    public static bool Has(string language) => ByLanguage.ContainsKey(language);

    /// <summary>The texts of a language, by <see cref="ScreenText"/>.</summary>
    public static Texts Of(string language) => new(ByLanguage.GetValueOrDefault(language) ?? ByLanguage[Default]);

    /// <summary>One language's texts.</summary>
    internal readonly record struct Texts(string[] All)
    {
        public string this[ScreenText text] => All[(int)text];
    }
}
