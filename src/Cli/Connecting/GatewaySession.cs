using System.CommandLine;
using Grpc.Core;
using Grpc.Net.Client;

namespace SipGateway.Cli;

/// <summary>One command's connection to the gateway, and where it writes.</summary>
internal sealed class GatewaySession : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Metadata _headers;
    private readonly DateTime _deadline;

    private GatewaySession(ParseResult parsed, CancellationToken cancellation)
    {
        Cancellation = cancellation;
        Timeout = GatewayOptions.TimeoutOf(parsed);
        Tenant = $"tenants/{GatewayOptions.TenantOf(parsed)}";
        Output = parsed.InvocationConfiguration.Output;
        Talk = parsed.InvocationConfiguration.Error;
        Writer = new RecordWriter(GatewayOptions.OutputOf(parsed), Output);
        _headers = new Metadata { { "authorization", $"Bearer {AdminKeySource.Read(GatewayOptions.KeyFileOf(parsed))}" } };
        _deadline = TimeProvider.System.GetUtcNow().UtcDateTime + Timeout;
        _channel = GrpcChannel.ForAddress(UriOf(GatewayOptions.AddressOf(parsed)));
    }

    public CancellationToken Cancellation { get; }

    public TimeSpan Timeout { get; }

    /// <summary><c>tenants/T</c></summary>
    public string Tenant { get; }

    public TextWriter Output { get; }

    public TextWriter Talk { get; }

    public RecordWriter Writer { get; }

    public CallInvoker Invoker => _channel.CreateCallInvoker();

    public CallOptions Call => new(_headers, _deadline, Cancellation);

    public static async Task<int> RunAsync(ParseResult parsed, Func<ParseResult, GatewaySession, Task<int>> run,
        CancellationToken cancellation)
    {
        try
        {
            using var session = new GatewaySession(parsed, cancellation);
            return await run(parsed, session);
        }
        catch (Exception e) when (Explain(e, parsed) is { } failure)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"sipgw: {failure.Message}");
            return failure.ExitCode;
        }
    }

    /// <summary>The name of a resource of this tenant; a whole name stays as it is.</summary>
    public string NameOf(string collection, string id) => id.StartsWith("tenants/", StringComparison.Ordinal) ? id
        : $"{Tenant}/{collection}/{id}";

    public void Dispose() => _channel.Dispose();

    private static CommandFailure? Explain(Exception exception, ParseResult parsed) => exception switch
    {
        CommandFailure failure => failure,
        RpcException error => CommandFailure.From(error, GatewayOptions.AddressOf(parsed), GatewayOptions.TimeoutOf(parsed)),
        IOException or UnauthorizedAccessException => new CommandFailure(ExitCodes.Error, exception.Message),
        _ => null,
    };

    private static Uri UriOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new CommandFailure(ExitCodes.Usage, $"'{address}' is no address; write one such as http://127.0.0.1:5081.");
}
