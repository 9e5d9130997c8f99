using System.Diagnostics;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A program that nobody here wrote registers with digest.</summary>
public sealed class SippTests(EdgeFixture fixture)
{
    private const string Scenario = """
        <?xml version="1.0" encoding="ISO-8859-1" ?>
        <scenario name="register">
          <send retrans="500"><![CDATA[

        REGISTER sip:gateway.test SIP/2.0
        Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
        From: <sip:[field0]@gateway.test>;tag=[call_number]
        To: <sip:[field0]@gateway.test>
        Call-ID: [call_id]
        CSeq: 1 REGISTER
        Contact: <sip:[field0]@[local_ip]:[local_port]>
        Max-Forwards: 70
        Expires: 300
        Content-Length: 0

        ]]></send>
          <recv response="401" auth="true"></recv>
          <send retrans="500"><![CDATA[

        REGISTER sip:gateway.test SIP/2.0
        Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
        From: <sip:[field0]@gateway.test>;tag=[call_number]
        To: <sip:[field0]@gateway.test>
        Call-ID: [call_id]
        CSeq: 2 REGISTER
        Contact: <sip:[field0]@[local_ip]:[local_port]>
        [field1]
        Max-Forwards: 70
        Expires: 300
        Content-Length: 0

        ]]></send>
          <recv response="200"></recv>
        </scenario>
        """;

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    public async Task Sipp_RegistersTwentyPhones_AllAreBound(string transport)
    {
        var folder = Directory.CreateTempSubdirectory("sipp");
        var phones = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? fixture.NewCandidate() : fixture.NewDevice()).ToList();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "register.xml"), Scenario);
        await File.WriteAllLinesAsync(
            Path.Combine(folder.FullName, "phones.csv"),
            ["SEQUENTIAL", .. phones.Select(p => $"{p.User};[authentication username={p.User} password={p.Secret}]")]);
        var sipp = new ProcessStartInfo("sipp")
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])
            [fixture.Edge.UdpEndPoint.ToString(), "-sf", "register.xml", "-inf", "phones.csv", "-m", "20",
             "-r", "20", "-l", "20", "-t", transport, "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error"])
        {
            sipp.ArgumentList.Add(argument);
        }

        using var process = Process.Start(sipp)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await errors + await output);
        phones.Should().OnlyContain(p => fixture.Scripts[p.Mac].Registers.Count == 1);
        folder.Delete(recursive: true);
    }
}
