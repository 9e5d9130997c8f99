using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SipGateway.AdminApi;

/// <summary>An empty body is an empty message, with or without a content type.</summary>
internal static class EmptyBody
{
    /// <summary>Puts <c>{}</c> where a body could have been and was not.</summary>
    public static async Task AsEmptyMessageAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsDelete(request.Method) || !await IsEmptyAsync(request))
        {
            return;
        }

        request.Body = new MemoryStream("{}"u8.ToArray(), writable: false);
        request.ContentLength = 2;
        request.ContentType = "application/json";
    }

    private static async ValueTask<bool> IsEmptyAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length)
        {
            return length == 0;
        }

        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return true;
        }

        // Looks at the first bytes and leaves them where they are.
        var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
        var isEmpty = read.IsCompleted && read.Buffer.IsEmpty;
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return isEmpty;
    }
}
