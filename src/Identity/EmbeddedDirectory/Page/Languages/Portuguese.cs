namespace SipGateway.Identity;

internal static partial class PageTexts
{
    public static PageText Portuguese { get; } = new()
    {
        Language = "pt",
        Title = "Início de sessão do telefone",
        CodeHeading = "Introduza o código do telefone",
        CodeLabel = "Código de emparelhamento",
        CodeHint = "Oito letras do ecrã do telefone. Maiúsculas ou minúsculas, com ou sem hífen.",
        Continue = "Continuar",
        PhoneHeading = "Este telefone está à sua frente?",
        PhoneWarning = "Continue apenas se foi você que iniciou esta sessão e se o telefone mostra o mesmo código. Se alguém lhe enviou o "
            + "código, escolha Não.",
        Model = "Telefone",
        UnknownModel = "Telefone de secretária",
        MacEnding = "O endereço MAC termina em",
        Network = "Pedido a partir do endereço de rede",
        StartedByAdmin = "Iniciado por um administrador",
        Yes = "Sim, é o meu telefone",
        No = "Não, parar",
        PasswordHeading = "Iniciar sessão",
        UserLabel = "Nome de utilizador",
        PasswordLabel = "Palavra-passe",
        SignIn = "Iniciar sessão",
        DoneHeading = "Sessão iniciada",
        DoneText = "O telefone mostra o seu nome dentro de um minuto. Pode fechar esta página.",
        DeniedHeading = "O início de sessão foi interrompido",
        DeniedText = "Nada foi alterado no telefone. Se não foi você que iniciou esta sessão, avise o administrador. Pode fechar esta "
            + "página.",
        OtherCode = "Introduzir outro código",
        Error = "Erro",
        CodeUnknown = "Esse código de emparelhamento não existe. Compare-o com o ecrã do telefone e introduza-o de novo.",
        CodeExpired = "Este código de emparelhamento expirou. Prima Iniciar sessão no telefone para obter um novo.",
        CodeUsed = "Este código de emparelhamento já foi usado. Prima Iniciar sessão no telefone para obter um novo.",
        CodeDenied = "Este início de sessão foi interrompido. Prima Iniciar sessão no telefone para obter um novo código.",
        WrongPassword = "O nome de utilizador ou a palavra-passe estão errados. Tente de novo.",
        Locked = "Demasiadas palavras-passe erradas para este nome de utilizador. Espere 15 minutos e tente de novo.",
        TooManyTries = "Demasiadas tentativas erradas a partir da sua rede. Espere 15 minutos e tente de novo.",
        FormStale = "Esta página esteve aberta demasiado tempo ou o navegador bloqueia cookies. Introduza o código de novo.",
        Unavailable = "Não foi possível verificar agora a palavra-passe. O problema não é a palavra-passe; tente de novo dentro de um "
            + "minuto.",
    };
}
