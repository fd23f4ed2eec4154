package soban.desk

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpHandler
import soban.app.Bridge
import java.io.ByteArrayOutputStream
import java.io.InputStream

/** `POST /bridge/METHOD`: JSON in, JSON out, as `contract.ts` writes it. */
internal class BridgeHandler(private val bridge: Bridge, private val guard: Guard) : HttpHandler {
    override fun handle(exchange: HttpExchange) = exchange.run {
        val headers = requestHeaders
        when {
            !guard.isForHere(headers) -> refuse(MISDIRECTED, "not for this address")
            requestMethod != "POST" -> refuse(WRONG_METHOD, "POST only")
            !guard.isFromHere(headers) -> refuse(FORBIDDEN, "not from this page")
            !guard.hasToken(headers) -> refuse(FORBIDDEN, "not with this start's token")
            headers["Content-Type"] != listOf(JSON) -> refuse(WRONG_TYPE, "$JSON only")
            else -> call()
        }
    }

    private fun HttpExchange.call() {
        val body = readUpTo(requestBody, MOST_BYTES) ?: return refuse(TOO_LARGE, "too large")
        val method = requestURI.rawPath.removePrefix("/bridge/")
        answer(OK, JSON, bridge.call(method, body.toString(Charsets.UTF_8)).toByteArray())
    }

    private fun readUpTo(stream: InputStream, most: Int): ByteArray? {
        val all = ByteArrayOutputStream()
        val part = ByteArray(PART_BYTES)
        while (true) {
            val count = stream.read(part)
            if (count < 0) return all.toByteArray()
            all.write(part, 0, count)
            if (all.size() > most) return null
        }
    }

    private companion object {
        const val JSON = "application/json"
        const val MOST_BYTES = 1024 * 1024
        const val PART_BYTES = 8192

        const val OK = 200
        const val FORBIDDEN = 403
        const val WRONG_METHOD = 405
        const val TOO_LARGE = 413
        const val WRONG_TYPE = 415
        const val MISDIRECTED = 421
    }
}
