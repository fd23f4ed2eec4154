package soban.desk

import com.sun.net.httpserver.Headers
import com.sun.net.httpserver.HttpExchange
import java.security.MessageDigest
import java.security.SecureRandom

/** Who may ask: this very page, and nobody who only got a browser on this machine to ask. */
internal class Guard(private val origin: String, token: String) {
    private val host = origin.removePrefix("http://")
    private val token = token.toByteArray()

    /** Against other names for this address (DNS rebinding). */
    fun isForHere(headers: Headers): Boolean = headers["Host"] == listOf(host)

    /** Browsers send the origin of every POST, and no page may set it. */
    fun isFromHere(headers: Headers): Boolean = headers["Origin"] == listOf(origin)

    fun hasToken(headers: Headers): Boolean {
        val shown = headers[TOKEN]?.singleOrNull() ?: return false
        return MessageDigest.isEqual(shown.toByteArray(), token)
    }

    companion object {
        const val TOKEN = "X-Soban-Token"
        private const val TOKEN_BYTES = 24

        fun newToken(): String {
            val bytes = ByteArray(TOKEN_BYTES).also(SecureRandom()::nextBytes)
            return bytes.joinToString("") { "%02x".format(it) }
        }
    }
}

/** Nothing from anywhere else, no inline script or style, no frames. */
private const val POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; " +
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; " +
    "frame-ancestors 'none'; base-uri 'none'"

internal fun HttpExchange.answer(status: Int, type: String, body: ByteArray) = use {
    responseHeaders.apply {
        set("Content-Type", type)
        set("Content-Security-Policy", POLICY)
        set("X-Content-Type-Options", "nosniff")
        set("X-Frame-Options", "DENY")
        set("Referrer-Policy", "no-referrer")
        set("Cross-Origin-Resource-Policy", "same-origin")
        set("Cache-Control", "no-store")
    }
    // With HEAD, and for nothing, there is no body.
    if (requestMethod == "HEAD" || body.isEmpty()) {
        sendResponseHeaders(status, -1)
    } else {
        sendResponseHeaders(status, body.size.toLong())
        responseBody.write(body)
    }
}

internal fun HttpExchange.refuse(status: Int, why: String) =
    answer(status, "text/plain; charset=utf-8", why.toByteArray())

private inline fun HttpExchange.use(job: HttpExchange.() -> Unit) = try {
    job()
} finally {
    close()
}
