namespace SipGateway.Identity;

/// <summary>The page's style: both colour schemes have at least 4.5:1 for text and 3:1 for borders and focus (WCAG 2.2 §1.4.3,
/// §1.4.11).</summary>
internal static class SignInStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--soft:#4a4a4a;--line:#6b6b6b;--deed:#0b57a4;--on-deed:#fff;--bad:#a4001d}
        @media(prefers-color-scheme:dark){:root{--paper:#161616;--ink:#f2f2f2;--soft:#c4c4c4;--line:#9a9a9a;--deed:#8cc4ff;--on-deed:#0a1a2a;--bad:#ff9aa8}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
        main{max-width:28rem;margin:0 auto;padding:1.5rem 1rem;overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}
        .site,.hint{color:var(--soft);margin:0 0 .25rem}
        label{display:block;font-weight:600;margin-top:1rem}
        input{display:block;width:100%;min-height:2.75rem;padding:.5rem;font:inherit;color:inherit;
        background:var(--paper);border:1px solid var(--line);border-radius:.25rem}
        .code{font-family:ui-monospace,monospace;font-size:1.25rem;letter-spacing:.1em;text-transform:uppercase}
        button{width:100%;min-height:2.75rem;margin-top:1rem;padding:.5rem 1rem;font:inherit;font-weight:600;border:2px solid var(--deed);border-radius:.25rem;
        background:var(--deed);color:var(--on-deed);cursor:pointer}
        button.second{background:var(--paper);color:var(--deed)}
        :focus-visible{outline:3px solid var(--deed);outline-offset:2px}
        a{color:var(--deed)}
        .error{border:2px solid var(--bad);border-radius:.25rem;padding:.75rem;color:var(--bad)}
        dl{margin:0 0 1rem}dt{color:var(--soft)}dd{margin:0 0 .5rem;font-weight:600}
        """;
}
