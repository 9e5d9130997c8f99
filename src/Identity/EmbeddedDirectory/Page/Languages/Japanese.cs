namespace SipGateway.Identity;

internal static partial class PageTexts
{
    public static PageText Japanese { get; } = new()
    {
        Language = "ja",
        Title = "卓上電話のサインイン",
        CodeHeading = "電話機に表示されたコードを入力してください",
        CodeLabel = "ペアリングコード",
        CodeHint = "電話機の画面に表示されている 8 文字です。大文字と小文字、ハイフンの有無は問いません。",
        Continue = "続行",
        PhoneHeading = "この電話機は目の前にありますか？",
        PhoneWarning = "ご自身でサインインを始め、電話機に同じコードが表示されている場合だけ続けてください。コードを誰かから受け取った場合は「いいえ」を選んでください。",
        Model = "電話機",
        UnknownModel = "卓上電話",
        MacEnding = "MAC アドレスの末尾",
        Network = "要求元のネットワークアドレス",
        StartedByAdmin = "管理者が開始しました",
        Yes = "はい、私の電話機です",
        No = "いいえ、中止します",
        PasswordHeading = "サインイン",
        UserLabel = "ユーザー名",
        PasswordLabel = "パスワード",
        SignIn = "サインイン",
        DoneHeading = "サインインしました",
        DoneText = "1 分以内に電話機にお名前が表示されます。このページは閉じてかまいません。",
        DeniedHeading = "サインインを中止しました",
        DeniedText = "電話機は何も変更されていません。このサインインに心当たりがない場合は、管理者に知らせてください。このページは閉じてかまいません。",
        OtherCode = "別のコードを入力する",
        Error = "エラー",
        CodeUnknown = "このペアリングコードは存在しません。電話機の画面と見比べて、もう一度入力してください。",
        CodeExpired = "このペアリングコードは期限切れです。電話機のサインインを押して、新しいコードを取得してください。",
        CodeUsed = "このペアリングコードはすでに使用されています。電話機のサインインを押して、新しいコードを取得してください。",
        CodeDenied = "このサインインは中止されました。電話機のサインインを押して、新しいコードを取得してください。",
        WrongPassword = "ユーザー名またはパスワードが違います。もう一度入力してください。",
        Locked = "このユーザー名でパスワードを間違えた回数が多すぎます。15 分待ってから、もう一度お試しください。",
        TooManyTries = "お使いのネットワークからの間違いが多すぎます。15 分待ってから、もう一度お試しください。",
        FormStale = "ページを開いてから時間が経ちすぎたか、ブラウザーが Cookie を拒否しています。コードをもう一度入力してください。",
        Unavailable = "ただいまパスワードを確認できません。パスワードの誤りではありません。1 分後にもう一度お試しください。",
    };
}
