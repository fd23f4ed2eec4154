package soban.desk

import soban.app.Host
import soban.app.NetworkState
import soban.app.Vault
import soban.app.net.UrlHttp
import java.io.File

/** The platform that a desk is. */
internal class DeskHost(
    override val folder: File,
    options: Options,
    override val timer: DeskTimer
) : Host {
    override val appVersion = "desk $VERSION"
    override val defaultServer = options.server
    private val ahead = options.aheadMs
    override val http = UrlHttp(silenceMs = options.silenceMs)

    /** There is no keystore here that is another thing than the folder. */
    override val vault = object : Vault {
        override fun wrap(secret: ByteArray) = secret

        override fun unwrap(wrapped: ByteArray) = wrapped
    }

    override fun nowMs() = System.currentTimeMillis() + ahead

    override fun network() = NetworkState.FREE

    override fun freeBytes(): Long? = folder.usableSpace

    override fun handOut(name: String, text: String) {
        val out = File(folder, "handed-out").apply { mkdirs() }
        File(out, name).writeText(text)
    }

    /** The page is in a browser already, which prints by itself. */
    override fun print(title: String) = Unit

    private companion object {
        const val VERSION = "0.1.0"
    }
}
