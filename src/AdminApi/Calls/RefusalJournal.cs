using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>
/// Journals calls that were refused. What is done is journalled with the state it changed; a refusal changes nothing, so it is written beside the reply,
/// through a bounded queue: being refused fills neither memory nor disk faster than the journal writes.
/// </summary>
internal sealed partial class RefusalJournal(IAuditWriter writer, TimeProvider time, ILogger<RefusalJournal> log) : BackgroundService
{
    private const int MaxTextChars = 200;

    private readonly Channel<AuditRow> _queue = Channel.CreateBounded<AuditRow>(
        new BoundedChannelOptions(AdminApiLimits.MaxQueuedRefusals) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private long _dropped;

    /// <summary>Queues one refusal; counted and dropped when the queue is full.</summary>
    public void Note(string tenant, string actor, string action, string target, string outcome, string detail)
    {
        var row = new AuditRow
        {
            Tenant = tenant,
            AtUtc = time.GetUtcNow(),
            Actor = actor,
            Action = PlainText(action),
            Target = PlainText(target),
            Outcome = outcome,
            Detail = PlainText(detail),
        };
        if (!_queue.Writer.TryWrite(row))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var row in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await writer.WriteAsync(row, stoppingToken);
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                {
                    LogDropped(dropped);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotWritten(e);
            }
        }
    }

    // What a caller sent may hold line breaks or run to megabytes.
    private static string PlainText(string text)
    {
        var cut = text.Length > MaxTextChars ? text[..MaxTextChars] : text;
        return string.Create(cut.Length, cut, (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} refused admin calls were not journalled: they came faster than the journal writes")]
    private partial void LogDropped(long count);

    [LoggerMessage(2, LogLevel.Warning, "A refused admin call could not be journalled")]
    private partial void LogNotWritten(Exception exception);
}
