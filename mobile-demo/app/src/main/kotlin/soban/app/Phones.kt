package soban.app

import uniffi.soban_bindings.Phone
import uniffi.soban_bindings.PhoneException
import java.io.File
import java.util.concurrent.locks.ReentrantReadWriteLock
import kotlin.concurrent.read
import kotlin.concurrent.write

/** The phone, the one to practise on, and which of them the screens see. */
internal class Phones(
    private val host: Host,
    private val settings: Settings,
    private val log: RingLog
) : AutoCloseable {
    private val lock = ReentrantReadWriteLock()
    private var opened: Phone? = null
    private var practice: Phone? = null
    private var closed = false

    /** Opens the phone before anybody asks. What is wrong, the screens' first call is told. */
    fun openAhead() {
        val failure = try {
            return open()
        } catch (failure: Exception) {
            failure
        } catch (failure: LinkageError) {
            failure
        }
        log.add("start: ${failure.javaClass.simpleName}")
    }

    /** Does something with the phone that the screens see. It is not closed meanwhile. */
    fun <T> current(job: (Phone) -> T): T = whenOpen { job(practice ?: it) }

    /** Does something with the phone whose records count, whatever the screens see. */
    fun <T> real(job: (Phone) -> T): T = whenOpen(job)

    val inPractice: Boolean get() = whenOpen { practice != null }

    fun setPractice(on: Boolean) {
        val phone = whenOpen { it }
        lock.write {
            if (on && practice == null) practise(phone)
            if (!on) endPractice()
        }
        settings.practiceSince = if (on) host.nowMs() else null
    }

    override fun close() = lock.write {
        closed = true
        endPractice()
        opened?.close()
        opened = null
    }

    private fun <T> whenOpen(job: (Phone) -> T): T {
        if (lock.read { opened == null }) open()
        return lock.read { job(checkNotNull(opened) { "the app is closed" }) }
    }

    /** A phone that cannot be opened now is tried again at the next call. */
    private fun open() = lock.write {
        if (opened != null || closed) return@write
        load()
        val phone = Phone.open(File(host.folder, "").path)
        phone.setLog(log)
        opened = phone
        if (wasPractising()) {
            try {
                practise(phone)
            } catch (failure: PhoneException) {
                log.add("practice: ${failure.javaClass.simpleName}")
            }
        }
    }

    /** The system ends apps behind their holder's back; who was practising then still is. */
    private fun wasPractising(): Boolean {
        val since = settings.practiceSince ?: return false
        return host.nowMs() - since in 0..LONGEST_PRACTICE_MS
    }

    private fun practise(phone: Phone) {
        if (phone.status(host.nowMs()).device == null) throw PhoneException.NotEnrolled()
        val folder = File(host.folder, "practice")
        practice = phone.openPractice(folder.path, host.nowMs()).also { it.setLog(log) }
    }

    private fun endPractice() {
        practice?.close()
        practice = null
    }

    private companion object {
        const val LONGEST_PRACTICE_MS = 3 * 60 * 60 * 1000L
    }
}
