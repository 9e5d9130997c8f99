using Microsoft.EntityFrameworkCore;

namespace SipGateway.Identity;

/// <summary>The directory's own tables (OpenIddict's): pending codes and the one client. Users are grains, not rows.</summary>
internal sealed class DirectoryStore(DbContextOptions<DirectoryStore> options) : DbContext(options);
