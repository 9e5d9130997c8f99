namespace SipGateway.Storage;

/// <summary>Audit rows that no state carries, by the same group commit.</summary>
internal sealed class AuditWriter(GroupCommit commit) : IAuditWriter
{
    public async Task WriteAsync(AuditRow row, CancellationToken cancellation)
    {
        var verdict = await commit.WriteAsync(new AuditEntry([row]), cancellation);
        if (verdict is not WriteVerdict.Won)
            throw Refusals.Of(verdict);
    }
}
