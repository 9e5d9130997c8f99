namespace SipGateway.PhoneSimulator;

/// <summary>Something that happened to a phone. No secret stands in any of them, so they may be shown and logged.</summary>
public abstract record PhoneEvent
{
    /// <summary>Rises by one with every event of a phone.</summary>
    public long Sequence { get; internal set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset AtUtc { get; internal set; }

    /// <summary>What happened, as one sentence for people.</summary>
    public abstract string Text { get; }

    /// <summary>Number and sentence.</summary>
    public sealed override string ToString() => $"{Sequence}: {Text}";
}

/// <summary>The phone has power and begins its boot order.</summary>
/// <param name="BootCount">1 for the first boot of this object.</param>
public sealed record PoweredOn(int BootCount) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Power on (boot {BootCount}).";
}

/// <summary>Power was cut: nothing was said to anyone.</summary>
public sealed record PoweredOff : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => "Power cut.";
}

/// <summary>The phone restarts itself.</summary>
/// <param name="Cause">What made it.</param>
public sealed record Rebooting(string Cause) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Reboots, asked by {Cause}.";
}

/// <summary>Memory was set back to what the factory gave.</summary>
public sealed record FactoryReset : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => "Set back to factory defaults.";
}

/// <summary>Somebody answered the phone's multicast and said where it fetches from.</summary>
/// <param name="Url">Where.</param>
public sealed record ServerFound(string Url) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Was told {Url} by a server on its network.";
}

/// <summary>Provisioning begins.</summary>
/// <param name="Url">Where from; the token of a per-device URL is masked.</param>
/// <param name="Cause">Boot, resync, or poll.</param>
public sealed record ProvisioningStarted(string Url, string Cause) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Asks {Url} for its configuration ({Cause}).";
}

/// <summary>One file was asked for.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="StatusCode">The final HTTP status; 0 when there was no answer.</param>
/// <param name="Redirects">How many redirects were followed.</param>
/// <param name="IsChanged">Whether its content differs from the last one read.</param>
public sealed record FileFetched(string FileName, int StatusCode, int Redirects, bool IsChanged) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"GET {FileName}: {StatusCode}"
        + (Redirects > 0 ? $" after {Redirects} redirects" : "")
        + (IsChanged ? ", new content." : ".");
}

/// <summary>Provisioning ended and what changed is in force.</summary>
/// <param name="ChangedKeys">The settings that changed; empty when none did.</param>
/// <param name="Faults">Lines of the files that the phone could not read.</param>
public sealed record ConfigurationApplied(IReadOnlyList<string> ChangedKeys, IReadOnlyList<string> Faults) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"{ChangedKeys.Count} settings changed"
        + (Faults.Count > 0 ? "; unreadable: " + string.Join("; ", Faults) : ".");
}

/// <summary>Provisioning did not come to its end; the phone goes on with what it has.</summary>
/// <param name="Reason">What went wrong.</param>
public sealed record ProvisioningFailed(string Reason) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => "Provisioning failed: " + Reason;
}

/// <summary>The CA for https and TLS was fetched.</summary>
/// <param name="CertificateCount">How many certificates the file holds.</param>
public sealed record CertificatesTrusted(int CertificateCount) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Trusts {CertificateCount} new certificates.";
}

/// <summary>A line registered or refreshed.</summary>
/// <param name="Line">The account number, from 1.</param>
/// <param name="Label">What the phone shows beside the line key.</param>
/// <param name="ExpiresSeconds">What the registrar granted.</param>
/// <param name="CallId">The Call-ID: the same for refreshes, new after a boot.</param>
/// <param name="CSeq">The sequence number.</param>
public sealed record Registered(int Line, string Label, int ExpiresSeconds, string CallId, uint CSeq) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Line {Line} '{Label}' registered for {ExpiresSeconds} s (Call-ID {CallId}, CSeq {CSeq}).";
}

/// <summary>A line did not register.</summary>
/// <param name="Line">The account number.</param>
/// <param name="StatusCode">The final status; 0 when there was no answer.</param>
/// <param name="Reason">The reason phrase, or what went wrong.</param>
public sealed record RegistrationFailed(int Line, int StatusCode, string Reason) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Line {Line} did not register: {StatusCode} {Reason}.";
}

/// <summary>A line was removed from the registrar, because its account changed.</summary>
/// <param name="Line">The account number.</param>
public sealed record Unregistered(int Line) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Line {Line} unregistered.";
}

/// <summary>The user dialled.</summary>
/// <param name="Line">The account number.</param>
public sealed record Dialled(int Line) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Dials on line {Line}.";
}

/// <summary>A call was answered.</summary>
/// <param name="StatusCode">200.</param>
public sealed record CallAnswered(int StatusCode) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => "The call is answered.";
}

/// <summary>A call was refused.</summary>
/// <param name="StatusCode">The final status; 0 when there was no answer.</param>
/// <param name="Reason">The reason phrase, as the phone's screen shows it.</param>
public sealed record CallRefused(int StatusCode, string Reason) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"The call is refused: {StatusCode} {Reason}.";
}

/// <summary>An answered call ended.</summary>
/// <param name="ByPeer">Whether the other side sent the BYE.</param>
/// <param name="RtpPacketsReceived">How many voice packets came.</param>
public sealed record CallEnded(bool ByPeer, int RtpPacketsReceived) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text =>
        $"The call ended by {(ByPeer ? "the other side" : "the phone")} after {RtpPacketsReceived} voice packets.";
}

/// <summary>A NOTIFY came.</summary>
/// <param name="Event">The Event header with parameters.</param>
/// <param name="StatusCode">What the phone answered; 0 for nothing.</param>
public sealed record NotifyReceived(string Event, int StatusCode) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"NOTIFY {Event}: " + (StatusCode == 0 ? "no answer." : $"answered {StatusCode}.");
}

/// <summary>The screen shows a page.</summary>
/// <param name="Screen">The page.</param>
public sealed record ScreenShown(PhoneScreen Screen) : PhoneEvent
{
    /// <inheritdoc />
    public override string Text => $"Screen: {Screen}";
}
