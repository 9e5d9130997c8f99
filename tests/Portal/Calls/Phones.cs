using System.Globalization;
using SipGateway.Admin.V1;

namespace SipGateway.Portal.Tests.Calls;

/// <summary>Phones as the API tells them.</summary>
internal static class Phones
{
    public static string Name(int number) => $"tenants/default/devices/{Mac(number)}";

    public static string Mac(int number) => (0x001565AB0000 + number).ToString("x12", CultureInfo.InvariantCulture);

    public static Device Of(int number, string location = "", Device.Types.State state = Device.Types.State.SignedIn) =>
        new() { Name = Name(number), Mac = Mac(number), Location = location, State = state };
}
