using MudBlazor;

namespace SipGateway.Portal;

/// <summary>Colours and letters. Text on its ground has a contrast of 4.5 or more in both themes; letters are the system's own.</summary>
internal static class PortalTheme
{
    private static readonly string[] Letters = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Arial", "sans-serif"];

    /// <summary>Both themes.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4f52b2", Background = "#f5f5f7", Surface = "#ffffff", TextPrimary = "#1b1b1f", TextSecondary = "#55565e",
            Success = "#0e700e", Warning = "#8a5100", Error = "#b3161b", Info = "#115ea3", Divider = "#e1e1e6", LinesInputs = "#8d8e99",
            TableLines = "#e8e8ec", ActionDefault = "#55565e",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#9ea2ff", PrimaryContrastText = "#15152b", Background = "#17171b", Surface = "#212126", TextPrimary = "#f2f2f5",
            TextSecondary = "#b4b5bf", Success = "#6ccb6c", Warning = "#f2b661", Error = "#ff8f8a", ErrorContrastText = "#2b0a0a", Info = "#7cbcf5",
            Divider = "#36363d", LinesInputs = "#7c7d88", TableLines = "#303037", ActionDefault = "#b4b5bf",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.9375rem" },
            Button = new ButtonTypography { FontFamily = Letters, TextTransform = "none", FontWeight = "600" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
