namespace SipGateway.Portal;

/// <summary>Where in a list somebody is who turned pages: tokens lead on only, so the ones that led here are kept.</summary>
public sealed class PageTrail
{
    private readonly Stack<string> _before = new();

    /// <summary>The token of the page that is shown; empty for the first.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The token of the next one; empty on the last.</summary>
    public string Next { get; set; } = "";

    /// <summary>From 1.</summary>
    public int Number => _before.Count + 1;

    /// <summary>Whether there is more than one page.</summary>
    public bool HasOthers => _before.Count > 0 || Next.Length > 0;

    /// <summary>To the next page.</summary>
    public void On()
    {
        _before.Push(Token);
        Token = Next;
    }

    /// <summary>To the page before.</summary>
    public void Back() => Token = _before.Pop();

    /// <summary>Another list begins with its first page.</summary>
    public void Restart()
    {
        _before.Clear();
        (Token, Next) = ("", "");
    }
}
