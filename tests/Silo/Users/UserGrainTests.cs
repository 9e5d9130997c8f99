using SipGateway.Grains.Interfaces;

namespace SipGateway.Silo.Tests;

public sealed class UserGrainTests
{
    [Fact]
    public async Task Create_NumberOfAnotherUser_IsRefusedAndFreeAfterDelete()
    {
        await using var silo = await TestSilo.StartAsync();
        await Create(silo, "ann", "+4930123456");

        (await Create(silo, "bob", "+49 30 123456")).Outcome.Reason.Should().Be("PHONE_NUMBER_TAKEN");
        (await User(silo, "ann").Delete(By("d"))).Status.Should().Be(CommandStatus.Done);

        (await Create(silo, "bob", "+4930123456", "again")).Outcome.Status.Should().Be(CommandStatus.Done);
        (await silo.Inventory.ListUsersAsync("acme", 10, null, CancellationToken.None)).Items.Select(u => u.UserId).Should().Equal("bob");
    }

    [Fact]
    public async Task Create_TwoUsersRaceForANumber_OneGetsIt()
    {
        await using var silo = await TestSilo.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Create(silo, $"user{i}", "+4930123456")));

        outcomes.Count(o => o.Outcome.Status == CommandStatus.Done).Should().Be(1);
        outcomes.Count(o => o.Outcome.Reason == "PHONE_NUMBER_TAKEN").Should().Be(7);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("nobody")]
    public async Task VerifyPassword_TenWrong_LocksKnownAndUnknownAlike(string user)
    {
        await using var silo = await TestSilo.StartAsync();
        await Create(silo, "ann", "");

        for (var i = 0; i < 10; i++) (await User(silo, user).VerifyPassword("wrong")).Should().Be(PasswordVerdict.Wrong);

        (await User(silo, user).VerifyPassword("correct horse")).Should().Be(PasswordVerdict.Locked);
    }

    [Fact]
    public async Task VerifyPassword_RightOne_IsRight()
    {
        await using var silo = await TestSilo.StartAsync();
        await Create(silo, "ann", "");

        (await User(silo, "ann").VerifyPassword("correct horse")).Should().Be(PasswordVerdict.Right);
        (await User(silo, "ann").VerifyPassword("")).Should().Be(PasswordVerdict.Wrong);
    }

    [Fact]
    public async Task Delete_SignedInOnAPhone_SignsThePhoneOut()
    {
        var phones = new PhoneScript();
        await using var silo = await TestSilo.StartAsync(phones: phones);
        await Create(silo, "ann", "");
        await silo.Grains.GetGrain<IDeviceGrain>("001565aabb01").AssignUser(new AssignUserCommand { Context = By("a"), UserId = "ann" });

        await User(silo, "ann").Delete(By("d"));

        await TestSilo.Until(
            async () => (await silo.Inventory.FindDevicesOfUserAsync("acme", "ann", CancellationToken.None)).Count == 0,
            "the phone was signed out");
        phones.Calls.Should().Contain("001565aabb01 SignOut d/001565aabb01");
    }

    [Fact]
    public async Task Learn_NumberOfAnotherUser_TakesTheUserWithoutIt()
    {
        await using var silo = await TestSilo.StartAsync();
        await Create(silo, "ann", "+4930123456");

        var profile = await User(silo, "bob").Learn(new SignedInUser { UserId = "bob", DisplayName = "Bob", PhoneNumber = "+4930123456" });

        (profile.DisplayName, profile.PhoneNumber).Should().Be(("Bob", ""));
    }

    private static IUserGrain User(TestSilo silo, string id) => silo.Grains.GetGrain<IUserGrain>($"acme/{id}");

    private static Task<UserOutcome> Create(TestSilo silo, string id, string number, string command = "c") => User(silo, id).Create(new CreateUserCommand
    {
        Context = By(command), Profile = new UserProfile { UserId = id, DisplayName = id, PhoneNumber = number }, InitialPassword = "correct horse",
    });

    private static AdminContext By(string command) => new() { Tenant = "acme", Actor = "admin-key:1", CommandId = command };
}
