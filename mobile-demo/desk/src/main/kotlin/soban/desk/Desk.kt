package soban.desk

import com.sun.net.httpserver.HttpServer
import soban.app.PhoneApp
import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

/** One phone, its app and its own server on loopback. */
internal class Desk private constructor(
    private val server: HttpServer,
    private val calls: ExecutorService,
    private val timer: DeskTimer,
    val app: PhoneApp,
    val token: String
) : AutoCloseable {
    val origin = "http://127.0.0.1:${server.address.port}"

    /** For the browser: what follows `#` is never sent to anybody. */
    val address = "$origin/#token=$token"

    override fun close() {
        server.stop(0)
        timer.close()
        calls.shutdownNow()
        app.close()
    }

    companion object {
        /** A sync that hangs keeps its thread. */
        private const val THREADS = 16

        fun start(options: Options, number: Int): Desk {
            val timer = DeskTimer(options.byHand)
            val folder = File(options.data, "phone-$number")
            val app = PhoneApp(DeskHost(folder, options, timer))
            timer.start(app)
            val port = if (options.port == 0) 0 else options.port + number - 1
            val loopback = InetAddress.getByName("127.0.0.1")
            val server = HttpServer.create(InetSocketAddress(loopback, port), 0)
            val calls = Executors.newFixedThreadPool(THREADS) {
                Thread(it).apply { isDaemon = true }
            }
            val desk = Desk(server, calls, timer, app, Guard.newToken())
            val guard = Guard(desk.origin, desk.token)
            server.executor = calls
            server.createContext("/", PageHandler(options.page, guard))
            server.createContext("/bridge/", BridgeHandler(app.bridge, guard))
            server.start()
            return desk
        }
    }
}
