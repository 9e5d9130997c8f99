using System.CommandLine;
using System.Globalization;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw devices summary</c></summary>
internal static class DeviceSummaryCommand
{
    private sealed record Row(string Field, string Value, long Devices);

    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "As in list", DefaultValueFactory = _ => "" };
        var fields = new Option<string[]>("--by")
        {
            Description = "state, connection, trust_level, vendor, model, firmware, site; may be repeated; all when absent",
            DefaultValueFactory = _ => [],
        };
        var limit = new Option<int>("--values") { Description = "How many values of each field, commonest first", DefaultValueFactory = _ => 20 };
        var summary = new Command("summary", "How many phones have which state, model, firmware and so on") { filter, fields, limit };
        summary.SetGatewayAction(async (parsed, session) =>
        {
            var request = new SummarizeDevicesRequest
            {
                Parent = session.Tenant,
                Filter = parsed.GetRequiredValue(filter),
                ValueLimit = parsed.GetValue(limit),
            };
            request.Fields.AddRange(parsed.GetRequiredValue(fields));
            var answer = await DevicesCommand.Client(session).SummarizeDevicesAsync(request, session.Call);
            session.Writer.WriteParts(
                answer, RowsOf, row => $"{row.Field}={row.Value}", new("FIELD", row => row.Field), new("VALUE", row => row.Value),
                new("PHONES", row => row.Devices.ToString(CultureInfo.InvariantCulture)));
            await session.Talk.WriteLineAsync($"{answer.DeviceCount} phones");
            return ExitCodes.Done;
        });
        return summary;
    }

    private static IEnumerable<Row> RowsOf(SummarizeDevicesResponse answer) => answer.Groups.SelectMany(group => group.Counts
        .Select(count => new Row(group.Field, count.Value.Length > 0 ? count.Value : "-", count.DeviceCount))
        .Concat(group.OtherCount > 0 ? [new Row(group.Field, "(others)", group.OtherCount)] : []));
}
