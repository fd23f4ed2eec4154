package soban.android

import android.content.res.AssetManager
import android.net.Uri
import android.webkit.WebResourceResponse
import java.io.ByteArrayInputStream
import java.io.IOException
import java.io.InputStream

/**
 * The screens, from the package, at an address that is nobody's: it cannot be reached, nor read. And the
 * photo that was taken while there was no page.
 */
class PageAssets(private val assets: AssetManager, private val openPhoto: () -> InputStream) {
    /** What the page asks for. Never null: the page has no other way out. */
    fun answer(method: String, url: Uri): WebResourceResponse {
        if (method != "GET" || !isOurs(url)) return nothing()
        val path = url.path.orEmpty().removePrefix("/").ifEmpty { "index.html" }
        val type = TYPES[path.substringAfterLast('.')] ?: return nothing()
        return try {
            found(type, if (path == PHOTO) openPhoto() else assets.open("page/$path"))
        } catch (_: IOException) {
            nothing()
        }
    }

    private fun found(type: String, content: InputStream) = WebResourceResponse(
        type,
        if (type.startsWith("text/")) "utf-8" else null,
        content
    ).apply { setStatusCodeAndReasonPhrase(200, "OK") }.apply { responseHeaders = HEADERS }

    private fun nothing() = WebResourceResponse(
        "text/plain",
        "utf-8",
        404,
        "Not Found",
        HEADERS,
        ByteArrayInputStream(ByteArray(0))
    )

    companion object {
        private const val HOST = "soban.invalid"

        /** A name that can never be anybody's (RFC 2606), with what only secure pages may do. */
        const val ORIGIN = "https://$HOST"

        fun isOurs(url: Uri): Boolean = url.scheme == "https" && url.authority == HOST

        /** Where the page asks for that photo: the name is `ui/src/base/photo.ts`'s too. */
        private const val PHOTO = "photo.jpg"

        private val HEADERS = mapOf(
            "Content-Security-Policy" to "default-src 'none'; script-src 'self'; " +
                "style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; " +
                "frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options" to "nosniff",
            "Cache-Control" to "no-store"
        )

        private val TYPES = mapOf(
            "html" to "text/html",
            "js" to "text/javascript",
            "css" to "text/css",
            "json" to "application/json",
            "svg" to "image/svg+xml",
            "png" to "image/png",
            "jpg" to "image/jpeg",
            "woff2" to "font/woff2"
        )
    }
}
