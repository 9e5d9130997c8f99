using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>Reasons for which a phone needs a person.</summary>
internal static class DeviceAttentions
{
    /// <summary>All, in their order.</summary>
    public static IReadOnlyList<Device.Types.AttentionReason> All { get; } = [.. Enum.GetValues<Device.Types.AttentionReason>().Where(reason => reason != 0)];

    /// <summary>Whether a person's word ends it; the others end by what the phone does.</summary>
    public static bool IsForAPerson(Device.Types.AttentionReason reason) =>
        reason is Device.Types.AttentionReason.Conflict or Device.Types.AttentionReason.OperationFailed or Device.Types.AttentionReason.SignInFailed;

    /// <summary>The first reason of a phone that has some, and how many more there are.</summary>
    public static Look ShortOf(Device device)
    {
        var first = Look.Of(device.Attention[0]);
        return device.Attention.Count == 1 ? first : first with { Word = $"{first.Word} +{Numbers.Told(device.Attention.Count - 1)}" };
    }

    /// <summary>As a filter takes it: <c>CODE_LOCKED</c>.</summary>
    public static string NameOf(Device.Types.AttentionReason reason) => Fleet.WordOf(reason);

    /// <summary>What it means, and what to do next.</summary>
    public static (string Meaning, string Next) Of(Device.Types.AttentionReason reason) => reason switch
    {
        Device.Types.AttentionReason.Conflict => (Texts.ReasonConflictTold, Texts.ReasonConflictNext),
        Device.Types.AttentionReason.OperationFailed => (Texts.ReasonOperationTold, Texts.ReasonOperationNext),
        Device.Types.AttentionReason.SignInFailed => (Texts.ReasonSignInTold, Texts.ReasonSignInNext),
        Device.Types.AttentionReason.CodeLocked => (Texts.ReasonCodeTold, Texts.ReasonCodeNext),
        Device.Types.AttentionReason.ConfigNotFetched => (Texts.ReasonConfigTold, Texts.ReasonConfigNext),
        Device.Types.AttentionReason.NotRegistering => (Texts.ReasonRegistrationTold, Texts.ReasonRegistrationNext),
        Device.Types.AttentionReason.FirmwareBelowMinimum => (Texts.ReasonFirmwareTold, Texts.ReasonFirmwareNext),
        _ => ("", ""),
    };
}
