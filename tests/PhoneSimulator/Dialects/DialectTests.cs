using System.Text;
using SipGateway.PhoneSimulator.Tests.Restart;

namespace SipGateway.PhoneSimulator.Tests.Dialects;

/// <summary>Each vendor's format and events, from what the vendors and long-lived provisioning servers write, not from this gateway's templates.</summary>
public sealed class DialectTests
{
    private static readonly PhoneOptions Options = new() { Mac = "0a156500beef" };

    [Theory]
    [InlineData("snom", """
        <settings><phone-settings e="2"><user_active idx="1" perm="RW">on</user_active><user_name idx="1" perm="">bob</user_name>
        <user_pass idx="1" perm="!">p&amp;w</user_pass><user_host idx="1">pbx.example.org</user_host>
        <user_outbound idx="1">edge.example.org:5070;transport=tcp</user_outbound></phone-settings></settings>
        """, "bob", "p&w", "edge.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("grandstream", """
        <gs_provision version="1"><mac>0a156500beef</mac><config version="1"><P271>1</P271><P47>pbx.example.org:5070</P47><P35>bob</P35><P36>bob</P36>
        <P34>p&amp;w</P34><P130>1</P130></config></gs_provision>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("htek", """
        <hl_provision version="1"><config version="1"><P47 para="Profile1_Sipserver">pbx.example.org</P47><P271 para="Account1_Active">1</P271>
        <P35 para="Account1_SipUserId">bob</P35><P34 para="Account1_AuthenticatePassword">p&amp;w</P34><P130>0</P130></config></hl_provision>
        """, "bob", "p&w", "pbx.example.org", 5060, PhoneTransport.Udp)]
    [InlineData("fanvil", """
        <sysConf><Version>2.0000000000</Version><sip><line index="1"><PhoneNumber>bob</PhoneNumber><RegisterAddr>pbx.example.org</RegisterAddr>
        <RegisterPort>5070</RegisterPort><RegisterUser>bob</RegisterUser><RegisterPswd>p&amp;w</RegisterPswd><EnableReg>1</EnableReg><Transport>1</Transport></line></sip></sysConf>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("mitel", """
        # a comment
        sip line1 user name: bob
        sip line1 auth name: bob
        sip line1 password: "p&w"
        sip line1 registrar ip: pbx.example.org
        sip line1 registrar port: 5070
        sip transport protocol: 2
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("poly", """
        <PHONE_CONFIG><ALL reg.1.address="bob" reg.1.auth.userId="bob" reg.1.auth.password="p&amp;w" reg.1.server.1.address="pbx.example.org"
        reg.1.server.1.port="5070" reg.1.server.1.transport="TCPOnly" /></PHONE_CONFIG>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("cisco", """
        <flat-profile><User_ID_1_ ua="na">bob</User_ID_1_><Password_1_ ua="na">p&amp;w</Password_1_><Proxy_1_ ua="na">pbx.example.org:5070</Proxy_1_>
        <SIP_Transport_1_ ua="na">TCP</SIP_Transport_1_></flat-profile>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("audiocodes", """
        ; a comment
        voip/line/0/enabled=1
        voip/line/0/id=bob
        voip/line/0/auth_password=p&w
        voip/signalling/sip/sip_registrar/addr=pbx.example.org
        voip/signalling/sip/sip_registrar/port=5070
        voip/signalling/sip/transport_protocol=TCP
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("audiocodesmp", """
        ; a remark
        [SIP Params]
        ISREGISTERNEEDED = 1
        SIPGATEWAYNAME = 'pbx.example.org'
        SIPTRANSPORTTYPE = 1
        [ ProxyIp ]
        FORMAT ProxyIp_Index = ProxyIp_IpAddress, ProxyIp_TransportType, ProxyIp_ProxySetId;
        ProxyIp 0 = edge.example.org:5070, -1, 0;
        [ \ProxyIp ]
        [TrunkGroup]
        FORMAT TrunkGroup_Index = TrunkGroup_TrunkGroupNum, TrunkGroup_FirstTrunkId, TrunkGroup_FirstBChannel, TrunkGroup_LastBChannel, TrunkGroup_FirstPhoneNumber;
        TrunkGroup 0 = 1, 255, 3, 3, bob;
        [\TrunkGroup]
        [ Authentication ]
        FORMAT Authentication_Index = Authentication_UserId, Authentication_UserPassword;
        Authentication 2 = bob, "p&w";
        [ \Authentication ]

        """, "bob", "p&w", "edge.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("panasonic", """
        # Panasonic SIP Phone Standard Format File #
        SIP_URI_1="bob@pbx.example.org"
        SIP_AUTHID_1="bob"
        SIP_PASS_1="p&w"
        SIP_RGSTR_ADDR_1="pbx.example.org"
        SIP_RGSTR_PORT_1="5070"
        SIP_TRANSPORT_1="1"
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("gigaset", """
        <provisioning version="1.1" productID="e2"><nvm><param name="SipAccount.00001.UserName" value="bob"/><param name="SipAccount.00001.AuthPassword" value="p&amp;w"/>
        <param name="SipProvider.0.RegServerAddress" value="pbx.example.org"/><param name="SipProvider.0.RegServerPort" value="5070"/>
        <param name="SipProvider.0.TransportProtocol" value="2"/></nvm></provisioning>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("snomdect", """
        <settings><global><setting_server>http://pbx.example.org/snomM400.htm</setting_server></global>
        <server><user_host idx="1">other.example.org</user_host><user_host idx="2">pbx.example.org</user_host><user_outbound idx="2">edge.example.org:5070</user_outbound>
        <srv_sip_transport idx="2">tcp</srv_sip_transport></server>
        <extension><user_active idx="1">on</user_active><user_name idx="1">bob</user_name><user_pname idx="1">bob</user_pname><user_pass idx="1">p&amp;w</user_pass>
        <subscr_sip_hs_idx idx="1">1</subscr_sip_hs_idx><subscr_sip_ua_data_server_id idx="1">2</subscr_sip_ua_data_server_id></extension></settings>
        """, "bob", "p&w", "edge.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("ciscoata", """
        <flat-profile><Line_Enable_1_>Yes</Line_Enable_1_><Proxy_1_>pbx.example.org:5070</Proxy_1_><User_ID_1_>bob</User_ID_1_><Password_1_>p&amp;w</Password_1_>
        <Auth_ID_1_>bob</Auth_ID_1_></flat-profile>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Udp)]
    [InlineData("polyobi", """
        <ParameterList><Object><Name>VoiceService.1.VoiceProfile.1.Line.1.SIP.</Name>
        <ParameterValueStruct><Name>AuthUserName</Name><Value>bob</Value></ParameterValueStruct>
        <ParameterValueStruct><Name>AuthPassword</Name><Value>p&amp;w</Value></ParameterValueStruct>
        <ParameterValueStruct><Name>URI</Name><Value X_UseDefault="Yes"/></ParameterValueStruct></Object>
        <O><N>VoiceService.1.VoiceProfile.1.SIP.</N><P><N>ProxyServer</N><V>pbx.example.org</V></P><P><N>ProxyServerPort</N><V>5070</V></P>
        <P><N>ProxyServerTransport</N><V>TCP</V></P></O></ParameterList>
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("ale", """
        <settings><setting id="LocalAdmcfgRunMode" value="SIP" override="true"/><setting id="SIPServer1Address" value="pbx.example.org" override="true"/>
        <setting id="SIPGroup1DomainName" value="pbx.example.org"/><setting id="SIPGroup1AuthenticationName" value="bob"/>
        <setting id="SIPGroup1AuthenticationPassword" value="p&amp;w"/><setting id="SIPGroup1DeviceUri" value="bob"/>
        <setting id="SIPGroup1OutBoundProxyAddress" value="edge.example.org"/><setting id="SIPGroup1OutBoundProxyPort" value="5070"/></settings>
        """, "bob", "p&w", "edge.example.org", 5070, PhoneTransport.Udp)]
    [InlineData("algo", """
        # a comment
        admin.devname = lobby
        sip.proxy = pbx.example.org:5070
        sip.u1.user = bob
        sip.u1.auth =
        sip.u1.pwd = p&w
        sip.transp = tcp
        """, "bob", "p&w", "pbx.example.org", 5070, PhoneTransport.Tcp)]
    [InlineData("generic", """
        # a comment
        account.user = bob
        account.password = p&w
        account.domain = pbx.example.org
        proxy.1.host = edge.example.org
        proxy.1.port = 5070
        """, "bob", "p&w", "edge.example.org", 5070, PhoneTransport.Udp)]
    public void File_AsTheVendorHasIt_GivesTheAccount(string vendor, string text, string user, string password, string server, int port, object transport)
    {
        var dialect = PhoneDialect.Of(vendor);
        var file = dialect.Read(new FetchedFile("cfg0a156500beef.xml", Encoding.UTF8.GetBytes(text)));

        file.Should().NotBeNull();
        file.Faults.Should().BeEmpty();
        var settings = new PhoneSettings();
        settings.Apply(file);
        var account = dialect.Profile(settings, Options with { Vendor = vendor }).Accounts.Should().ContainSingle().Subject;
        (account.UserName, account.Password, account.Transport).Should().Be((user, password, (PhoneTransport)transport));
        account.NextHops[0].Should().Be((server, port));
    }

    [Theory]
    [InlineData("snom")]
    [InlineData("grandstream")]
    [InlineData("htek")]
    [InlineData("fanvil")]
    [InlineData("poly")]
    [InlineData("cisco")]
    [InlineData("panasonic")]
    [InlineData("gigaset")]
    [InlineData("snomdect")]
    [InlineData("ciscoata")]
    [InlineData("polyobi")]
    [InlineData("ale")]
    public void File_OfAnotherFormat_IsThrownAway(string vendor)
    {
        foreach (var text in new[] { "", "#!version:1.0.0.1\naccount.1.enable = 1\n", "<settings", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><settings>&e;</settings>" })
            PhoneDialect.Of(vendor).Read(new FetchedFile("cfg0a156500beef.xml", Encoding.UTF8.GetBytes(text))).Should().BeNull(text);
    }

    [Theory]
    [InlineData("snom", "check-sync;reboot=true", "", NotifyDeed.Reboot)]
    [InlineData("snom", "reboot", "", NotifyDeed.Reboot)]
    [InlineData("snom", "check-sync;reboot=false", "", NotifyDeed.Resync)]
    [InlineData("grandstream", "check-sync", "", NotifyDeed.Resync)]
    [InlineData("htek", "resync", "", NotifyDeed.Resync)]
    [InlineData("fanvil", "check-sync;reboot=true", "", NotifyDeed.Reboot)]
    [InlineData("mitel", "check-sync", "", NotifyDeed.Resync)]
    [InlineData("poly", "check-sync", "", NotifyDeed.Resync)]
    [InlineData("poly", "check-sync;reboot=true", "", NotifyDeed.Resync)]
    [InlineData("poly", "check-sync", "voIpProt.SIP.specialEvent.checkSync.alwaysReboot=1", NotifyDeed.Reboot)]
    [InlineData("cisco", "resync", "", NotifyDeed.Resync)]
    [InlineData("cisco", "resync", "Resync_From_SIP=No", NotifyDeed.Nothing)]
    [InlineData("cisco", "reboot", "", NotifyDeed.Reboot)]
    [InlineData("audiocodes", "check-sync", "", NotifyDeed.Resync)]
    [InlineData("audiocodes", "check-sync", "voip/services/notify/check_sync/force_reboot_enabled=1", NotifyDeed.Reboot)]
    [InlineData("audiocodesmp", "check-sync;reboot=true", "", NotifyDeed.Nothing)]
    [InlineData("audiocodesmp", "check-sync;reboot=true", "enablesipremotereset=1", NotifyDeed.Reboot)]
    [InlineData("audiocodesmp", "check-sync;reboot=false", "enablesipremotereset=1", NotifyDeed.Resync)]
    [InlineData("panasonic", "check-sync", "CFG_RESYNC_FROM_SIP=resync", null)]
    [InlineData("panasonic", "check-sync;reboot=true", "CFG_RESYNC_FROM_SIP=check-sync", NotifyDeed.Reboot)]
    [InlineData("gigaset", "check-sync;reboot=true", "", NotifyDeed.Nothing)]
    [InlineData("gigaset", "check-sync;reboot=true", "SystemSettings.global.CheckSyncRebootEnabled=1", NotifyDeed.Reboot)]
    [InlineData("cisco", "message-summary", "", null)]
    [InlineData("snomdect", "check-sync;reboot=false", "", NotifyDeed.Resync)]
    [InlineData("snomdect", "check-sync;reboot=false", "sip_check_sync_always_reboot=on", NotifyDeed.Reboot)]
    [InlineData("snomdect", "check-sync;reboot=true", "", NotifyDeed.Reboot)]
    [InlineData("ciscoata", "reboot", "", NotifyDeed.Reboot)]
    [InlineData("algo", "check-sync;reboot=false", "sip.interop.checksync=conditional-reboot", NotifyDeed.Resync)]
    [InlineData("algo", "check-sync;reboot=true", "sip.interop.checksync=conditional-reboot", NotifyDeed.Reboot)]
    [InlineData("spectralink", "check-sync", "voIpProt.SIP.specialEvent.checkSync.alwaysReboot=1", NotifyDeed.Reboot)]
    [InlineData("polyobi", "sync", "", NotifyDeed.Resync)]
    [InlineData("polyobi", "resync", "", NotifyDeed.Reboot)]
    [InlineData("polyobi", "check-sync", "", null)]
    [InlineData("ale", "check-sync", "", NotifyDeed.Resync)]
    public void Notify_ByEventAndSetting_IsObeyed(string vendor, string notified, string setting, object? deed)
    {
        var settings = new PhoneSettings(setting.Length == 0 ? null : new Dictionary<string, string> { [setting.Split('=')[0]] = setting.Split('=')[1] });

        PhoneDialect.Of(vendor).Obey(NotifyTests.Event(notified), settings).Should().Be((NotifyDeed?)deed);
    }

    [Theory]
    [InlineData("cisco", "", true)]
    [InlineData("cisco", "Auth_Resync-Reboot_1_=No", false)]
    [InlineData("grandstream", "", true)]
    [InlineData("grandstream", "P4428=1", false)]
    [InlineData("polyobi", "", false)]
    [InlineData("polyobi", "VoiceService.1.VoiceProfile.1.Line.1.X_AcceptResync=yes with authentication", true)]
    [InlineData("yealink", "", false)]
    public void Notify_IsChallengedByThoseThatDo(string vendor, string setting, bool challenged)
    {
        var settings = new PhoneSettings(setting.Length == 0 ? null : new Dictionary<string, string> { [setting.Split('=')[0]] = setting.Split('=')[1] });

        PhoneDialect.Of(vendor).Challenges(NotifyTests.Event("resync"), settings).Should().Be(challenged);
    }
}
