using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.PhoneSimulator;

/// <summary>How a phone makes sure of who sends it a NOTIFY: a digest with the line's own user and password, each nonce once.</summary>
internal sealed class NotifyGuard(AccountSettings account)
{
    private string _nonce = Tokens.Tag();

    /// <summary>Lets a request in whose credentials are right.</summary>
    /// <returns>Null when it is let in; else what to ask for.</returns>
    public string? Ask(SipRequest request)
    {
        var credentials = DigestCredentials.Parse(request.GetText(SipHeaderName.Authorization) ?? string.Empty);
        var isRight = credentials is not null && credentials.Nonce == _nonce && credentials.Username == account.AuthenticationName
            && DigestResponse.Verify(
                credentials, DigestResponse.Ha1(account.AuthenticationName, credentials.Realm, account.Password), request.Method.Text, request.Body.Span);
        _nonce = Tokens.Tag();
        return isRight ? null : $"Digest realm=\"{account.Server}\", nonce=\"{_nonce}\", algorithm=MD5, qop=\"auth\"";
    }
}
