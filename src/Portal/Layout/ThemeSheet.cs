using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Services;

namespace SipGateway.Portal;

/// <summary>
/// MudBlazor's variables as a file: it writes them into a style element of the page, which the content policy would have to allow for everybody.
/// Both themes are in it, so that a page is in the right one before any script runs.
/// </summary>
internal sealed class ThemeSheet : IHostedService
{
    private const string Begin = "<style class='mud-theme-provider'>";
    private const string Root = ":root{";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        PortalAssets.Keep(PortalAssets.ThemeName, Encoding.UTF8.GetBytes(await WriteAsync()));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The style sheet; the choice of a theme is an attribute of the document, without one the system's holds.</summary>
    public static async Task<string> WriteAsync()
    {
        var (light, dark) = (await VariablesAsync(isDark: false), await VariablesAsync(isDark: true));
        return $":root {{ {light} }}\nhtml[data-theme=\"dark\"] {{ {dark} }}\n"
            + $"@media (prefers-color-scheme: dark) {{ html:not([data-theme=\"light\"]) {{ {dark} }} }}\n";
    }

    private static async Task<string> VariablesAsync(bool isDark)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IJSRuntime, NoBrowser>().AddMudServices();
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, provider.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = PortalTheme.Theme, [nameof(MudThemeProvider.IsDarkMode)] = isDark,
        });
        var html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString());
        var from = html.IndexOf(Root, html.IndexOf(Begin, StringComparison.Ordinal), StringComparison.Ordinal) + Root.Length;
        return html[from..html.IndexOf('}', from)];
    }

    private sealed class NoBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => ValueTask.FromResult<TValue>(default!);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            ValueTask.FromResult<TValue>(default!);
    }
}
