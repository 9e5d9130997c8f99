using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace SipGateway.Edge;

/// <summary>
/// Answers phones that look for their provisioning server by multicast (SIP PnP), where the operator asked for it: whoever answers first owns the
/// phone, so nobody does unasked.
/// </summary>
internal sealed class PlugAndPlayService(EdgeSipOptions options, PlugAndPlayResponder responder) : IHostedLifecycleService, IDisposable
{
    // sip.mcast.net (RFC 3261 §10.2.6).
    private static readonly IPAddress Group = new([224, 0, 1, 75]);

    private readonly List<MulticastListener> listeners = [];

    /// <summary>Joins the group on every network that was asked for.</summary>
    /// <exception cref="IOException">The port is another program's, or the address is none of this machine's; the message says so in one line.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.PlugAndPlay is { } asked)
        {
            foreach (var address in LocalAddresses.Of(asked.Interface).Where(a => a.AddressFamily == AddressFamily.InterNetwork))
            {
                listeners.Add(Open(asked, address));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Begins to hear, when it is known where phones fetch from.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        listeners.ForEach(listener => listener.Start());
        return Task.CompletedTask;
    }

    /// <summary>Hears no more: no phone shall begin with an edge that ends.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Nothing.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    private MulticastListener Open(PlugAndPlayOptions asked, IPAddress address)
    {
        if (LocalNetwork.Of(address) is not { } network)
        {
            throw new IOException($"{address} is none of this machine's addresses; give --pnp-interface one that it has on the phones' network.");
        }

        try
        {
            return new MulticastListener(
                new IPEndPoint(Group, asked.Port), address, (listener, remote, datagram) => responder.Receive(listener, network, remote, datagram));
        }
        catch (SocketException e)
        {
            throw new IOException(
                $"Phones that ask by multicast cannot be heard on {address}: {e.Message}. Another program may have port {asked.Port}; "
                + "stop it, check --pnp-interface, or leave out --pnp.",
                e);
        }
    }
}
