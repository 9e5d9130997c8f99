namespace SipGateway.PhoneSimulator.Tests;

/// <summary>A provisioning server, a registrar, and phones that know nothing but the provisioning URL.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Mac = "805ec0000001";

    private readonly List<SimulatedPhone> _phones = [];

    private Stage(TestProvisioningServer web)
    {
        Web = web;
        Sip = new TestRegistrar(web.Certificate);
    }

    public TestProvisioningServer Web { get; }

    public TestRegistrar Sip { get; }

    public PhoneOptions Options => new() { Mac = Mac, ProvisioningUrl = Web.Http, RegistrationRetryDelay = TimeSpan.FromMilliseconds(100) };

    public static async Task<Stage> OpenAsync() => new(await TestProvisioningServer.StartAsync());

    /// <summary>The configuration of a line at the registrar, as lines of a Yealink file.</summary>
    public string Account(string user = "alice", int transport = 0, string more = "") => $"""
        #!version:1.0.0.1
        account.1.enable = 1
        account.1.label = Alice Example
        account.1.display_name = Alice "A" Example
        account.1.user_name = {user}
        account.1.auth_name = {user}
        account.1.password = {Sip.Password}
        account.1.sip_server.1.address = 127.0.0.1
        account.1.sip_server.1.port = {(transport == 2 ? Sip.TlsPort : Sip.Port)}
        account.1.sip_server.1.transport_type = {transport}
        account.1.sip_server.1.expires = 3600
        {more}

        """;

    public void ServeAccount(string user = "alice", int transport = 0, string more = "") =>
        Web.Serve($"/{Mac}.cfg", Account(user, transport, more));

    public SimulatedPhone Phone(PhoneOptions? options = null, PhoneMemory? memory = null)
    {
        var phone = new SimulatedPhone(options ?? Options, memory);
        _phones.Add(phone);
        return phone;
    }

    public async Task<SimulatedPhone> RegisteredPhoneAsync(string user = "alice", int transport = 0, string more = "")
    {
        ServeAccount(user, transport, more);
        var phone = Phone();
        await phone.PowerOnAsync();
        await phone.WaitForAsync<Registered>();
        return phone;
    }

    /// <summary>Waits for a condition of the servers.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!condition())
        {
            (DateTime.UtcNow < deadline).Should().BeTrue("the condition must come true");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones)
        {
            await phone.DisposeAsync();
        }

        await Sip.DisposeAsync();
        await Web.DisposeAsync();
    }
}
