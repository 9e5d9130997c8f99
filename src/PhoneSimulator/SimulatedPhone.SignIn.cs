namespace SipGateway.PhoneSimulator;

/// <content>The sign-in key and the page it shows.</content>
public sealed partial class SimulatedPhone
{
    /// <summary>The address behind the key that opens the phone's browser; null when the configuration has none.</summary>
    public Uri? SignInKeyUrl => Uri.TryCreate(Profile.SignInKey, UriKind.Absolute, out var url) ? url : null;

    /// <summary>Presses the sign-in key.</summary>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidOperationException">The phone has no such key, or what came is no page.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached or is not trusted.</exception>
    public Task<PhoneScreen> PressSignInKeyAsync(CancellationToken cancellation = default) => BrowseAsync(
        SignInKeyUrl ?? throw new InvalidOperationException("The configuration has no key that opens a browser: the phone offers no sign-in."),
        cancellation);

    /// <summary>
    /// Presses the sign-in key and, as the phone does, asks again whenever the page says so, until a pairing code is shown.
    /// </summary>
    /// <returns>The page with the code.</returns>
    /// <exception cref="InvalidOperationException">
    /// The phone has no such key, what came is no page, or a page without code asks for no refresh.
    /// </exception>
    public async Task<PhoneScreen> ReadPairingCodeAsync(CancellationToken cancellation = default)
    {
        var screen = await PressSignInKeyAsync(cancellation).ConfigureAwait(false);
        while (screen.PairingCode is null)
        {
            if (screen.RefreshSeconds == 0)
            {
                throw new InvalidOperationException($"The page '{screen}' shows no pairing code and asks for no refresh.");
            }

            await Task.Delay(TimeSpan.FromSeconds(screen.RefreshSeconds), _options.Clock, cancellation).ConfigureAwait(false);
            screen = await PressSignInKeyAsync(cancellation).ConfigureAwait(false);
        }

        return screen;
    }

    /// <summary>Presses a soft key of a page.</summary>
    /// <param name="screen">The page that is shown.</param>
    /// <param name="label">The key's label, without case.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <returns>The next page.</returns>
    /// <exception cref="InvalidOperationException">There is no such key, or what came is no page.</exception>
    public Task<PhoneScreen> PressSoftKeyAsync(PhoneScreen screen, string label, CancellationToken cancellation = default)
    {
        var target = screen.SoftKeys.FirstOrDefault(key => string.Equals(key.Key, label, StringComparison.OrdinalIgnoreCase)).Value;
        return Uri.TryCreate(target, UriKind.Absolute, out var url)
            ? BrowseAsync(url, cancellation)
            : throw new InvalidOperationException($"The page '{screen}' has no soft key '{label}' with an address.");
    }

    private async Task<PhoneScreen> BrowseAsync(Uri url, CancellationToken cancellation)
    {
        using var http = new PhoneHttpClient(_options, Memory);
        var answer = await http.GetAsync(url, cancellation).ConfigureAwait(false);
        var screen = answer.IsSuccess ? _options.Dialect.ReadScreen(answer.Content) : null;
        screen = screen is null ? null : screen with { RefreshSeconds = answer.RefreshSeconds };
        return Show(screen)
            ?? throw new InvalidOperationException($"The sign-in key got HTTP {answer.StatusCode} and no page that this phone can show.");
    }

    private PhoneScreen? Show(PhoneScreen? screen)
    {
        if (screen is not null)
        {
            _log.Add(new ScreenShown(screen));
        }

        return screen;
    }
}
