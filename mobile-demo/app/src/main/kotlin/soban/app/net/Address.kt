package soban.app.net

import java.net.URI
import java.net.URISyntaxException

/** The address of a district's server, such as `https://soban.example.vn`. */
object Address {
    private val NEAR = setOf("localhost", "127.0.0.1", "[::1]")
    private const val LAST_PORT = 65_535

    /** As it is kept; null for what is no such address. Only this very machine goes without TLS. */
    fun read(text: String): String? {
        val typed = text.trim()
        val bare = "://" !in typed
        val uri = try {
            URI((if (bare) "https://$typed" else typed).removeSuffix("/"))
        } catch (_: URISyntaxException) {
            return null
        }
        val host = uri.host?.lowercase() ?: return null
        val near = host in NEAR
        val plain = uri.rawUserInfo == null && uri.rawQuery == null && uri.rawFragment == null
        if (!plain || uri.rawPath.orEmpty().isNotEmpty() || uri.port > LAST_PORT) return null
        val scheme = when {
            bare && near -> "http"
            else -> uri.scheme.lowercase()
        }
        if (scheme != "https" && !(scheme == "http" && near)) return null
        return "$scheme://$host" + if (uri.port < 0) "" else ":${uri.port}"
    }
}
