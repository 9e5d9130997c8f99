namespace SipGateway.PhoneSimulator.Tests.Events;

/// <summary>Waiting for what a phone does, and telling it.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task Story_OfABoot_TellsNoSecret()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync();

        var story = string.Join('\n', phone.History);

        story.Should().Contain("1: Power on (boot 1).").And.Contain("Line 1 'Alice Example' registered for 3600 s");
        story.Should().NotContain(stage.Sip.Password);
    }

    [Fact]
    public async Task Wait_InVain_SaysWhatItSaw()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = stage.Phone();
        await phone.PowerOnAsync();

        var wait = () => phone.WaitForAsync<Registered>(timeout: TimeSpan.FromMilliseconds(50));

        await wait.Should().ThrowAsync<TimeoutException>()
            .WithMessage("*Registered*Provisioning failed: The server has no file for this phone.*");
    }

    [Fact]
    public async Task Events_AreReadInOrderFromTheFirst()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = await stage.RegisteredPhoneAsync();
        using var enough = new CancellationTokenSource();
        var seen = new List<long>();

        await foreach (var happened in phone.EventsAsync(cancellation: enough.Token))
        {
            seen.Add(happened.Sequence);
            if (happened is Registered)
            {
                break;
            }
        }

        seen.Should().Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number));
    }

    [Fact]
    public async Task Happened_IsCalledForEveryEvent()
    {
        await using var stage = await Stage.OpenAsync();
        var phone = stage.Phone();
        var heard = new List<PhoneEvent>();
        phone.Happened += heard.Add;

        await phone.PowerOnAsync();

        heard.Should().Equal(phone.History);
    }
}
