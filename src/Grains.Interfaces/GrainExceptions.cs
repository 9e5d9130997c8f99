using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace SipGateway.Grains.Interfaces;

/// <summary>Which exceptions cross a grain call as they are.</summary>
public static class GrainExceptions
{
    // Whoever calls tells "not written" from "not known to be written" by the type; the database's own is inside.
    private static readonly string[] Namespaces = ["SipGateway", "Npgsql", "Orleans"];

    /// <summary>Lets exceptions of this project and of its database cross; for silos and for clients alike.</summary>
    public static IServiceCollection AddGrainExceptions(this IServiceCollection services) => services.Configure<ExceptionSerializationOptions>(
        options => options.SupportedNamespacePrefixes.UnionWith(Namespaces));
}
