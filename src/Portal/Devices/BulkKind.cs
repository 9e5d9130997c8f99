using MudBlazor;

namespace SipGateway.Portal;

/// <summary>What can be done with many phones at one time.</summary>
public enum BulkKind
{
    /// <summary>A code for each, to be dialled on it.</summary>
    Codes,

    /// <summary>Each restarts.</summary>
    Restart,

    /// <summary>Each fetches its configuration.</summary>
    Resync,

    /// <summary>Each loses its user.</summary>
    SignOut,

    /// <summary>Each stands at another site.</summary>
    Move,

    /// <summary>Each gets tags, or loses some.</summary>
    Tag,

    /// <summary>Somebody has seen to what needed attention.</summary>
    Resolve,

    /// <summary>Each is forgotten.</summary>
    Delete,
}

/// <summary>How they are called, and what they do.</summary>
internal static class BulkKinds
{
    /// <summary>All, in the order of the bar.</summary>
    public static IReadOnlyList<BulkKind> All { get; } = Enum.GetValues<BulkKind>();

    /// <summary>The button's word.</summary>
    public static string Label(BulkKind kind) => kind switch
    {
        BulkKind.Codes => Texts.MakeCodes,
        BulkKind.Restart => Texts.Restart,
        BulkKind.Resync => Texts.Resync,
        BulkKind.SignOut => Texts.SignOutUsers,
        BulkKind.Move => Texts.MoveToSite,
        BulkKind.Tag => Texts.ChangeTags,
        BulkKind.Resolve => Texts.MarkResolved,
        _ => Texts.Delete,
    };

    /// <summary>What will happen to each.</summary>
    public static string Effect(BulkKind kind) => kind switch
    {
        BulkKind.Codes => Texts.CodesEffect,
        BulkKind.Restart => Texts.RestartEffect,
        BulkKind.Resync => Texts.ResyncEffect,
        BulkKind.SignOut => Texts.SignOutEffect,
        BulkKind.Move => Texts.MoveEffect,
        BulkKind.Tag => Texts.TagEffect,
        BulkKind.Resolve => Texts.ResolveEffect,
        _ => Texts.DeleteEffect,
    };

    /// <summary>Its sign.</summary>
    public static string Icon(BulkKind kind) => kind switch
    {
        BulkKind.Codes => Icons.Material.Filled.Dialpad,
        BulkKind.Restart => Icons.Material.Filled.RestartAlt,
        BulkKind.Resync => Icons.Material.Filled.Sync,
        BulkKind.SignOut => Icons.Material.Filled.PersonOff,
        BulkKind.Move => Icons.Material.Filled.Place,
        BulkKind.Tag => Icons.Material.Filled.Label,
        BulkKind.Resolve => Icons.Material.Filled.TaskAlt,
        _ => Icons.Material.Filled.Delete,
    };
}
