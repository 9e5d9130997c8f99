using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Contacts become bindings: without reg-id the newest replaces the old, with it up to three flows live side by side (RFC 5626 §6).</summary>
internal static class BindingRules
{
    /// <summary>Applies the Contacts of a REGISTER.</summary>
    /// <returns>Bindings that were only refreshed: kept in memory, written in batches.</returns>
    public static ImmutableArray<Binding> Apply(DeviceChange change, RegisterCommand command, string credential, bool isRestricted)
    {
        var refreshed = ImmutableArray.CreateBuilder<Binding>();
        foreach (var contact in command.Contacts)
        {
            var present = change.Phone.Bindings.FirstOrDefault(b => b.Credential == credential && IsSame(b, contact) && b.ExpiresAtUtc > change.Now);
            if (contact.ExpiresSeconds == 0) Remove(change, present, command);
            else if (present is not null && IsUnchanged(present, contact, command)) refreshed.Add(Refreshed(change, present, contact, command));
            else Bind(change, present, contact, command, credential, isRestricted);
        }

        return refreshed.ToImmutable();
    }

    private static bool IsSame(Binding binding, ContactOffer contact) => contact.RegId > 0 && contact.InstanceId.Length > 0
        ? binding.RegId == contact.RegId && binding.InstanceId == contact.InstanceId
        : binding.CanonicalUri == contact.CanonicalUri;

    // A refresh comes from the same place with the same words; only CSeq and time moved on.
    private static bool IsUnchanged(Binding binding, ContactOffer contact, RegisterCommand command) =>
        binding.Uri == contact.Uri && binding.Parameters == contact.Parameters && binding.Flow == command.Flow && binding.CallId == command.CallId;

    private static Binding Refreshed(DeviceChange change, Binding present, ContactOffer contact, RegisterCommand command) => present with
    {
        ExpiresAtUtc = change.Now + Granted(change, contact, command),
        LastSeenAtUtc = change.Now,
        CSeq = command.CSeq,
    };

    private static void Remove(DeviceChange change, Binding? present, RegisterCommand command)
    {
        if (present is null) return;
        change.Phone = change.Phone with { Bindings = change.Phone.Bindings.Remove(present) };
        change.Event("registration.removed", "The phone removed its registration.", command.Flow.Source);
    }

    private static void Bind(DeviceChange change, Binding? present, ContactOffer contact, RegisterCommand command, string credential, bool isRestricted)
    {
        var hasFlows = contact.RegId > 0 && contact.InstanceId.Length > 0;
        var binding = new Binding
        {
            Credential = credential,
            Id = present?.Id ?? change.Facts.NewId(),
            Uri = contact.Uri,
            CanonicalUri = contact.CanonicalUri,
            Parameters = contact.Parameters,
            InstanceId = contact.InstanceId,
            RegId = hasFlows ? contact.RegId : 0,
            Flow = command.Flow,
            SipUser = command.Caller.SipUser,
            UserAgent = command.Caller.UserAgent,
            CallId = command.CallId,
            CSeq = command.CSeq,
            ExpiresAtUtc = change.Now + Granted(change, contact, command),
            LastSeenAtUtc = change.Now,
            ChangedAtUtc = change.Now,
            Generation = (present?.Generation ?? 0) + 1,
            IsRestricted = isRestricted,
        };
        var others = change.Phone.Bindings.RemoveAll(b => b.ExpiresAtUtc <= change.Now || b == present
            || (b.Credential == credential && (!hasFlows || b.RegId == 0)));
        change.Phone = change.Phone with { Bindings = WithinLimit(others, credential, change.Facts.Options.MaxFlows).Add(binding), LastSeenAtUtc = change.Now };
        change.Event("registration.bound", $"The phone registered over {command.Flow.Transport}.", command.Flow.Source);
    }

    private static ImmutableArray<Binding> WithinLimit(ImmutableArray<Binding> bindings, string credential, int maxFlows)
    {
        while (bindings.Count(b => b.Credential == credential) >= maxFlows)
        {
            bindings = bindings.Remove(bindings.Where(b => b.Credential == credential).MinBy(b => b.LastSeenAtUtc)!);
        }

        return bindings;
    }

    private static TimeSpan Granted(DeviceChange change, ContactOffer contact, RegisterCommand command)
    {
        var options = change.Facts.Options;
        var asked = contact.ExpiresSeconds ?? (command.Flow.Transport == "udp" ? options.UdpExpiresSeconds : options.StreamExpiresSeconds);
        return TimeSpan.FromSeconds(Math.Min(asked, RegistrationRules.LimitOf(change.Facts.Mac, options)));
    }
}
