using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw policies set --dry-run</c>, <c>revisions</c> and <c>rollback</c></summary>
internal static class PolicyHistoryCommands
{
    /// <summary>Says what saving would do.</summary>
    public static async Task<int> PreviewAsync(GatewaySession session, Policy policy, FieldMask mask)
    {
        var request = new PreviewPolicyRequest { Policy = policy, UpdateMask = mask };
        var preview = await PoliciesCommand.Client(session).PreviewPolicyAsync(request, session.Call);
        session.Writer.Write(
            preview.Changes,
            c => c.Key,
            new("VALUE", c => c.Key),
            new("BEFORE", c => c.HasBefore ? c.Before : "-"),
            new("AFTER", c => c.HasAfter ? c.After : "-"));
        foreach (var warning in preview.Warnings) await session.Talk.WriteLineAsync($"Careful: {warning}");
        await session.Talk.WriteLineAsync($"Phones by tenant, site or model: {preview.DeviceCount}. Nothing was saved.");
        return ExitCodes.Done;
    }

    public static Command Revisions()
    {
        var id = new Argument<string>("policy") { Description = "The policy's id" };
        var command = new Command("revisions", "What a policy was, newest first") { id };
        command.SetGatewayAction(async (parsed, session) =>
        {
            var request = new ListPolicyRevisionsRequest { Name = session.NameOf("policies", parsed.GetRequiredValue(id)) };
            var answer = await PoliciesCommand.Client(session).ListPolicyRevisionsAsync(request, session.Call);
            session.Writer.Write(
                answer.Revisions,
                r => $"{r.Revision_}",
                new("REVISION", r => $"{r.Revision_}"),
                new("SINCE", r => Texts.Time(r.CreateTime)),
                new("BY", r => r.Actor),
                new("LANGUAGE", r => r.Policy.HasLanguage ? r.Policy.Language : "-"),
                new("MODELS", r => string.Join(' ', r.Policy.Models)),
                new("SETTINGS", r => string.Join(' ', r.Policy.Settings.Select(s => $"{s.Key}={s.Value}"))));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Rollback(Column<Policy>[] columns)
    {
        var id = new Argument<string>("policy") { Description = "The policy's id" };
        var revision = new Argument<long>("revision") { Description = "As sipgw policies revisions shows it" };
        var command = new Command("rollback", "Makes a policy what it was") { id, revision };
        command.SetGatewayAction(async (parsed, session) =>
        {
            var request = new RollbackPolicyRequest
            {
                Name = session.NameOf("policies", parsed.GetRequiredValue(id)), Revision = parsed.GetRequiredValue(revision),
            };
            session.Writer.WriteOne(await PoliciesCommand.Client(session).RollbackPolicyAsync(request, session.Call), p => p.Name, columns);
            return ExitCodes.Done;
        });
        return command;
    }
}
