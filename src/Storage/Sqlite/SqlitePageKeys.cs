namespace SipGateway.Storage;

/// <summary>The key of page keys lives in the database, so that a page key outlives a restart.</summary>
internal static class SqlitePageKeys
{
    public static PageKeys Read(SqliteReadSession session) =>
        new(session.Read("SELECT value FROM setting WHERE name = 'page-key'", row => (byte[])row.GetValue(0)).Single());
}
