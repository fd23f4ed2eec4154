package soban.desk

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpHandler
import java.io.File

/** The built screens, as files. */
internal class PageHandler(folder: File, private val guard: Guard) : HttpHandler {
    private val root = folder.canonicalFile.toPath()

    override fun handle(exchange: HttpExchange) = exchange.run {
        when {
            !guard.isForHere(requestHeaders) -> refuse(MISDIRECTED, "not for this address")
            requestMethod !in setOf("GET", "HEAD") -> refuse(WRONG_METHOD, "GET only")
            else -> page()
        }
    }

    private fun HttpExchange.page() {
        val path = requestURI.path.removePrefix("/").ifEmpty { "index.html" }
        val file = find(path)
        val type = file?.let { TYPES[it.extension] }
        if (type == null) return refuse(NOT_FOUND, "there is nothing at this address")
        answer(OK, type, file.readBytes())
    }

    /** A file inside the folder, wherever links and dots lead. */
    private fun find(path: String): File? {
        if ('\u0000' in path) return null
        val file = File(root.toFile(), path).canonicalFile
        return file.takeIf { it.isFile && it.toPath().startsWith(root) }
    }

    private companion object {
        const val OK = 200
        const val NOT_FOUND = 404
        const val WRONG_METHOD = 405
        const val MISDIRECTED = 421

        val TYPES = mapOf(
            "html" to "text/html; charset=utf-8",
            "js" to "text/javascript; charset=utf-8",
            "css" to "text/css; charset=utf-8",
            "json" to "application/json",
            "svg" to "image/svg+xml",
            "png" to "image/png",
            "ico" to "image/x-icon",
            "woff2" to "font/woff2",
            "webmanifest" to "application/manifest+json"
        )
    }
}
