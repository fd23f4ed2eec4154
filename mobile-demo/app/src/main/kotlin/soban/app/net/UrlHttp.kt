package soban.app.net

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.net.ConnectException
import java.net.HttpRetryException
import java.net.HttpURLConnection
import java.net.NoRouteToHostException
import java.net.ProtocolException
import java.net.SocketTimeoutException
import java.net.URL
import java.net.UnknownHostException
import java.util.Timer
import java.util.concurrent.atomic.AtomicBoolean
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLPeerUnverifiedException
import kotlin.concurrent.schedule

/**
 * HTTP over the platform's own client, which Android and the JVM share.
 *
 * A slow link is not a dead one: what ends a request is silence, not its length. Only after
 * [longestMs], which no message of a megabyte needs, it ends in any case.
 */
class UrlHttp(
    private val silenceMs: Int = 30_000,
    private val connectMs: Int = 20_000,
    private val longestMs: Long = 600_000
) : Http {
    override fun post(request: HttpRequest, cancellation: Cancellation): HttpAnswer {
        val connection = open(request)
        val tooLong = AtomicBoolean()
        val watch = Timer("soban-http", true)
        watch.schedule(longestMs) {
            tooLong.set(true)
            connection.disconnect()
        }
        try {
            return cancellation.during(connection::disconnect) { exchange(connection, request) }
        } catch (failure: LinkException) {
            throw failure
        } catch (failure: IOException) {
            if (cancellation.cancelled) throw LinkException(LinkTrouble.CANCELLED, failure)
            if (tooLong.get()) throw LinkException(LinkTrouble.CUT, failure)
            throw LinkException(troubleOf(failure), failure)
        } finally {
            watch.cancel()
            if (!request.keepAlive) connection.disconnect()
        }
    }

    private fun open(request: HttpRequest): HttpURLConnection {
        val connection = URL(request.url).openConnection() as HttpURLConnection
        connection.requestMethod = "POST"
        connection.connectTimeout = connectMs
        // The answer cannot begin before the request is through.
        connection.readTimeout = silenceMs + request.body.size / SLOWEST_BYTES_PER_MS
        connection.instanceFollowRedirects = false
        connection.useCaches = false
        connection.doOutput = true
        // Else the JVM repeats a request by itself.
        connection.setFixedLengthStreamingMode(request.body.size)
        connection.setRequestProperty("Content-Type", CBOR)
        connection.setRequestProperty("Accept", CBOR)
        connection.setRequestProperty("Accept-Encoding", "identity")
        connection.setRequestProperty("User-Agent", "soban")
        request.authorization?.let { connection.setRequestProperty("Authorization", it) }
        if (!request.keepAlive) connection.setRequestProperty("Connection", "close")
        return connection
    }

    private fun exchange(connection: HttpURLConnection, request: HttpRequest): HttpAnswer {
        connection.outputStream.use { it.write(request.body) }
        val status = statusOf(connection)
        val body = if (status == UNAUTHORIZED) ByteArray(0) else bodyOf(connection, status)
        return HttpAnswer(
            status,
            connection.contentType?.substringBefore(';')?.trim()?.lowercase(),
            connection.getHeaderField("Retry-After")?.trim()?.toLongOrNull(),
            body
        )
    }

    /** The client does not give out a 401 whose request it cannot repeat, only says that it came. */
    private fun statusOf(connection: HttpURLConnection): Int = try {
        connection.responseCode
    } catch (refusal: HttpRetryException) {
        refusal.responseCode()
    }

    private fun bodyOf(connection: HttpURLConnection, status: Int): ByteArray {
        val ok = status in 1 until FIRST_ERROR
        val stream = if (ok) connection.inputStream else connection.errorStream
        val body = stream?.use(::readAll) ?: ByteArray(0)
        val promised = connection.getHeaderField("Content-Length")?.toLongOrNull()
        if (promised != null && promised != body.size.toLong()) throw LinkException(LinkTrouble.CUT)
        return body
    }

    private fun readAll(stream: InputStream): ByteArray {
        val all = ByteArrayOutputStream()
        val part = ByteArray(PART_BYTES)
        while (true) {
            val count = stream.read(part)
            if (count < 0) return all.toByteArray()
            all.write(part, 0, count)
            if (all.size() > MOST_BYTES) throw LinkException(LinkTrouble.NONSENSE)
        }
    }

    private fun troubleOf(failure: IOException) = when (failure) {
        is UnknownHostException -> LinkTrouble.UNKNOWN_HOST
        is ConnectException, is NoRouteToHostException -> LinkTrouble.UNREACHABLE
        is SocketTimeoutException -> timeOut(failure)
        is SSLHandshakeException, is SSLPeerUnverifiedException -> LinkTrouble.NOT_TRUSTED
        is ProtocolException -> LinkTrouble.NONSENSE
        else -> if (failure.message in NOT_HTTP) LinkTrouble.NONSENSE else LinkTrouble.CUT
    }

    /** A connection that was never made is told by its message alone. */
    private fun timeOut(failure: SocketTimeoutException): LinkTrouble {
        val connecting = failure.message.orEmpty().contains("connect", ignoreCase = true)
        return if (connecting) LinkTrouble.UNREACHABLE else LinkTrouble.CUT
    }

    companion object {
        /** The media type of every message. */
        const val CBOR = "application/cbor"

        private const val UNAUTHORIZED = 401
        private const val FIRST_ERROR = 400
        private const val PART_BYTES = 8192

        /** No answer is larger: half a megabyte of entries and the forms. */
        private const val MOST_BYTES = 16 * 1024 * 1024

        /** 40 kbit/s. */
        private const val SLOWEST_BYTES_PER_MS = 5
        private val NOT_HTTP = setOf("Invalid Http response")
    }
}
