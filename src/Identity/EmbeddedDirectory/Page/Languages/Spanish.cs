namespace SipGateway.Identity;

internal static partial class PageTexts
{
    public static PageText Spanish { get; } = new()
    {
        Language = "es",
        Title = "Inicio de sesión del teléfono",
        CodeHeading = "Escriba el código del teléfono",
        CodeLabel = "Código de emparejamiento",
        CodeHint = "Ocho letras de la pantalla del teléfono. En mayúsculas o minúsculas, con o sin guion.",
        Continue = "Continuar",
        PhoneHeading = "¿Tiene este teléfono delante?",
        PhoneWarning = "Continúe solo si usted mismo inició esta sesión y el teléfono muestra el mismo código. Si alguien le envió el "
            + "código, elija No.",
        Model = "Teléfono",
        UnknownModel = "Teléfono de escritorio",
        MacEnding = "La dirección MAC termina en",
        Network = "Solicitado desde la dirección de red",
        StartedByAdmin = "Iniciado por un administrador",
        Yes = "Sí, es mi teléfono",
        No = "No, detener",
        PasswordHeading = "Iniciar sesión",
        UserLabel = "Nombre de usuario",
        PasswordLabel = "Contraseña",
        SignIn = "Iniciar sesión",
        DoneHeading = "Ha iniciado sesión",
        DoneText = "El teléfono mostrará su nombre en menos de un minuto. Puede cerrar esta página.",
        DeniedHeading = "Se detuvo el inicio de sesión",
        DeniedText = "No se cambió nada en el teléfono. Si usted no inició esta sesión, avise a su administrador. Puede cerrar esta "
            + "página.",
        OtherCode = "Escribir otro código",
        Error = "Error",
        CodeUnknown = "No existe ese código de emparejamiento. Compárelo con la pantalla del teléfono y escríbalo de nuevo.",
        CodeExpired = "Este código de emparejamiento ha caducado. Pulse Iniciar sesión en el teléfono para obtener uno nuevo.",
        CodeUsed = "Este código de emparejamiento ya se usó. Pulse Iniciar sesión en el teléfono para obtener uno nuevo.",
        CodeDenied = "Este inicio de sesión se detuvo. Pulse Iniciar sesión en el teléfono para obtener un código nuevo.",
        WrongPassword = "El nombre de usuario o la contraseña no son correctos. Inténtelo de nuevo.",
        Locked = "Demasiadas contraseñas incorrectas para este nombre de usuario. Espere 15 minutos e inténtelo de nuevo.",
        TooManyTries = "Demasiados intentos incorrectos desde su red. Espere 15 minutos e inténtelo de nuevo.",
        FormStale = "Esta página estuvo abierta demasiado tiempo o su navegador bloquea las cookies. Escriba el código de nuevo.",
        Unavailable = "Ahora no se pudo comprobar su contraseña. La contraseña no es el problema; inténtelo de nuevo en un minuto.",
    };
}
