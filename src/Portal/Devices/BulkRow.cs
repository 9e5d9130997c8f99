using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>How it goes with one phone of many.</summary>
internal enum BulkProgress
{
    /// <summary>Not asked for yet.</summary>
    Waiting,

    /// <summary>The gateway took it; it is not proved yet.</summary>
    Running,

    /// <summary>Done, and proved where that takes proof.</summary>
    Succeeded,

    /// <summary>It may have happened; nobody saw it.</summary>
    Unproven,

    /// <summary>Refused, or it did not happen.</summary>
    Failed,
}

/// <summary>One phone of many, and what came of it.</summary>
/// <param name="device">The phone.</param>
internal sealed class BulkRow(Device device)
{
    /// <summary>The phone, as it was when it was chosen.</summary>
    public Device Device { get; } = device;

    /// <summary>How far it is.</summary>
    public BulkProgress Progress { get; private set; }

    /// <summary>What the gateway said.</summary>
    public string Message { get; private set; } = "";

    /// <summary>The code to dial; empty for none.</summary>
    public string Code { get; private set; } = "";

    /// <summary>When the code ends.</summary>
    public Timestamp? CodeEnds { get; private set; }

    /// <summary>The operation that goes on; empty for none.</summary>
    public string Operation { get; private set; } = "";

    /// <summary>Whether nothing more comes.</summary>
    public bool IsOver => Progress is BulkProgress.Succeeded or BulkProgress.Failed or BulkProgress.Unproven;

    /// <summary>It happened.</summary>
    public void Succeed(string message = "") => (Progress, Message) = (BulkProgress.Succeeded, message);

    /// <summary>It did not.</summary>
    public void Fail(string why) => (Progress, Message) = (BulkProgress.Failed, why);

    /// <summary>It has a code.</summary>
    public void Give(string code, Timestamp? ends)
    {
        (Code, CodeEnds) = (code, ends);
        Succeed();
    }

    /// <summary>As its operation stands.</summary>
    public void Follow(Operation operation)
    {
        Operation = operation.Name;
        Message = operation.Response?.Message is { Length: > 0 } said ? said : operation.Error?.Message ?? operation.Metadata.Message;
        var status = operation.Response?.Status ?? operation.Metadata.Status;
        Progress = !operation.Done ? BulkProgress.Running
            : status == "SUCCEEDED" ? BulkProgress.Succeeded
            : status == "UNPROVEN" ? BulkProgress.Unproven : BulkProgress.Failed;
    }
}
