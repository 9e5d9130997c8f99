using PhoneNumbers;

namespace SipGateway.Grains;

/// <summary>Numbers as users and admins write them, in their one canonical spelling.</summary>
internal static class PhoneNumberText
{
    /// <summary>E.164 with <c>+</c>, from international notations such as <c>+49 (30) 1234-56</c>; empty stays empty; false when it is no
    /// number.</summary>
    public static bool TryNormalize(string text, out string e164)
    {
        e164 = "";
        if (text.Length == 0) return true;
        if (text.Length > 40) return false;
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            // Without a region the number must begin with a plus sign; a national number means something else in each country.
            e164 = util.Format(util.Parse(text, null), PhoneNumberFormat.E164);
            return e164.Length <= 16;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
