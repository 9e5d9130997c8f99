namespace SipGateway.Grains.Interfaces;

/// <summary>
/// Edges make this call for a phone. Every other call of a grain is for silos and the admin API alone, and a silo of a cluster refuses it
/// without their signature.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CalledByEdgesAttribute : Attribute;

/// <summary>What a phone or an admin may ask for; an edge asks for phones only.</summary>
public interface IPhoneOrAdminCommand
{
    /// <summary>The admin; null when the phone asks.</summary>
    AdminContext? Admin { get; }
}
