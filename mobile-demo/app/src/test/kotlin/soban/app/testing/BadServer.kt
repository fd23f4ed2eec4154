package soban.app.testing

import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketException
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.concurrent.thread

/** A server that misbehaves in the way that [answer] says, which is read anew for each request. */
class BadServer(@Volatile var answer: BadAnswer) : AutoCloseable {
    private val listener = ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())
    private val sockets = CopyOnWriteArrayList<Socket>()
    private val paths = CopyOnWriteArrayList<String>()

    val address = "http://127.0.0.1:${listener.localPort}"

    val requests: List<String> get() = paths.toList()

    init {
        thread(isDaemon = true, name = "bad-server") { accept() }
    }

    override fun close() {
        listener.close()
        sockets.forEach(Socket::close)
    }

    private fun accept() {
        while (!listener.isClosed) {
            val socket = try {
                listener.accept()
            } catch (_: SocketException) {
                return
            }
            sockets += socket
            thread(isDaemon = true) { serve(socket) }
        }
    }

    private fun serve(socket: Socket) {
        try {
            paths += readRequest(socket.getInputStream())
            val bytes = answer.bytes
            if (bytes != null) {
                socket.getOutputStream().run {
                    write(bytes)
                    flush()
                }
                socket.close()
            }
        } catch (_: SocketException) {
            // The client has gone; that is what some tests are about.
        }
    }

    private fun readRequest(input: InputStream): String {
        val head = StringBuilder()
        while (!head.endsWith("\r\n\r\n")) {
            val byte = input.read()
            if (byte < 0) return "nothing"
            head.append(byte.toChar())
        }
        val length = LENGTH.find(head)?.groupValues?.get(1)?.toInt() ?: 0
        repeat(length) { input.read() }
        return head.toString().substringAfter(' ').substringBefore(' ')
    }

    private companion object {
        const val BACKLOG = 50
        val LENGTH = Regex("(?i)content-length: *(\\d+)")
    }
}

/** What a [BadServer] sends; nothing, and the connection stays, if null. */
class BadAnswer(val bytes: ByteArray?) {
    companion object {
        val HANGS = BadAnswer(null)
        val CLOSES = BadAnswer(ByteArray(0))
        val GARBAGE = BadAnswer(ByteArray(500) { (it * 37).toByte() })

        fun http(status: String, type: String, body: ByteArray, vararg headers: String): BadAnswer {
            val head = listOf("HTTP/1.1 $status", "Content-Type: $type") + headers +
                listOf("Content-Length: ${body.size}", "Connection: close", "", "")
            return BadAnswer(head.joinToString("\r\n").toByteArray() + body)
        }

        fun problem(status: String, type: String, vararg headers: String): BadAnswer =
            http(status, "application/problem+json", """{"type":"$type"}""".toByteArray(), *headers)

        fun cbor(body: ByteArray): BadAnswer = http("200 OK", "application/cbor", body)

        /** Promises more than it sends. */
        val HALF = BadAnswer(
            cbor(ByteArray(2_000)).bytes!!.let { it.copyOf(it.size - 1_000) }
        )
    }
}
