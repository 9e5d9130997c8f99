using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>
/// A line other than the first has a seat, a credential and a user of its own; it comes to its seat with its device, which has proved itself, and
/// waits there for its own code.
/// </summary>
internal static class LineRules
{
    /// <summary>The device fetched the file that this line is part of.</summary>
    public static void Join(JoinLineCommand command, DeviceChange change, FreshCredential fresh)
    {
        if (change.Next.Seat is not { } seat || seat.Tenant != command.Tenant) Sit(command, change, fresh);
        else if (seat.IsOffboarded || seat.Trust < command.Trust)
        {
            change.Next.Seat = seat with { IsOffboarded = false, Trust = seat.Trust > command.Trust ? seat.Trust : command.Trust };
            change.Touch();
        }

        var phone = (command.Phone.Vendor, command.Phone.Model, command.Phone.Firmware);
        if ((change.Next.Vendor, change.Next.Model, change.Next.Firmware) != phone)
        {
            (change.Next.Vendor, change.Next.Model, change.Next.Firmware) = phone;
            change.Touch();
        }

        change.Next.LastSeenAtUtc = change.Now;
        change.Next.LastSource = command.Source;
        if (command.IsBoot) DeviceOperationRules.NoteBoot(change);
    }

    /// <summary>What the device's file says of it.</summary>
    public static LineConfig Config(PhoneConfig config, string key) => new()
    {
        Number = LineKey.LineOf(key),
        SipUser = config.SipUser,
        SipPassword = config.SipPassword,
        IsSignedIn = config.IsSignedIn,
        DisplayName = config.DisplayName,
        PhoneNumber = config.PhoneNumber,
    };

    private static void Sit(JoinLineCommand command, DeviceChange change, FreshCredential fresh)
    {
        SeatRules.RetireSeat(change);
        var next = change.Next;
        next.Epoch++;
        next.Attempt = null;
        next.IsWaitingForCode = true;
        (next.Failed, next.ConfigOwedSinceUtc) = (null, change.Now);
        next.Seat = new DeviceSeat
        {
            Tenant = command.Tenant,
            SinceUtc = change.Now,
            Epoch = next.Epoch,
            LockedSipSecret = fresh.LockedSipSecret,
            ConfigTokenRandom = fresh.ConfigTokenRandom,
            ScreenTokenRandom = fresh.ScreenTokenRandom,
            Trust = command.Trust,
        };
        change.Event(command.Tenant, "onboarding.line", "The line has its account; its code can be dialled on it.", command.Source);
        change.Touch();
    }
}
