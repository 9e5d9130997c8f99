namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>A text with one to three changes by chance: letters gone, new, others, or doubled.</summary>
internal static class Mutation
{
    public static string Of(string text, Random dice)
    {
        var letters = text.ToList();
        for (var changes = 1 + dice.Next(3); changes > 0 && letters.Count > 0; changes--)
        {
            var at = dice.Next(letters.Count);
            switch (dice.Next(4))
            {
                case 0: letters.RemoveAt(at); break;
                case 1: letters.Insert(at, (char)dice.Next(1, 128)); break;
                case 2: letters[at] = (char)dice.Next(1, 128); break;
                default: letters.InsertRange(at, text.Skip(at).Take(dice.Next(8))); break;
            }
        }

        return string.Concat(letters);
    }
}
