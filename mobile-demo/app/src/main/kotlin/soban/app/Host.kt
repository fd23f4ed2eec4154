package soban.app

import soban.app.net.Http
import java.io.File

/** What the platform owns: the seams through which the app reaches it. */
interface Host {
    /** Where the phone's files are, and nobody else's. */
    val folder: File

    val appVersion: String

    /** Where a code goes that is typed without an address; null where the holder must say. */
    val defaultServer: String?

    val http: Http

    val vault: Vault

    val timer: Timer

    /** The phone's clock, in milliseconds since 1970 UTC. */
    fun nowMs(): Long

    fun network(): NetworkState

    /** Room left for files; null where the platform does not say. */
    fun freeBytes(): Long?

    /** Gives a file to whatever shares or keeps files on this platform; it is text throughout. */
    fun handOut(name: String, text: String)

    /** Opens the print dialog for the page as it stands. */
    fun print(title: String)
}

enum class NetworkState {
    NONE,
    FREE,

    /** Paid by the byte. A month's records are far below a megabyte, so they go all the same. */
    METERED,

    /** The data saver is on: nothing goes by itself, only what the holder asks for. */
    SAVING
}

/** The platform's keystore: what is wrapped here can be unwrapped on this phone alone. */
interface Vault {
    fun wrap(secret: ByteArray): ByteArray

    /** Null if it was not wrapped here, or the keystore has been emptied since. */
    fun unwrap(wrapped: ByteArray): ByteArray?
}

/** Wakes the app for a sync that nobody asked for. */
interface Timer {
    /** Calls [PhoneApp.syncWhenDue] at about this time, once there is a network; never if null. */
    fun wakeAt(atMs: Long?)
}
