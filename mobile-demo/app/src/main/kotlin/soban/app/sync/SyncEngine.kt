package soban.app.sync

import soban.app.Failure
import soban.app.Host
import soban.app.NetworkState
import soban.app.Phones
import soban.app.RingLog
import soban.app.Settings
import soban.app.json.readSyncReport
import soban.app.json.toJson
import soban.app.net.Cancellation
import soban.app.net.District
import soban.app.net.Refusal
import uniffi.soban_bindings.PhoneException
import uniffi.soban_bindings.Status
import java.util.Random
import java.util.concurrent.CompletableFuture

/**
 * Syncs one at a time, and plans the next. Whoever asks while one runs waits for that one. The phone
 * itself is locked only while a message is made or taken in, so reading goes on meanwhile.
 */
internal class SyncEngine(
    private val host: Host,
    private val phones: Phones,
    private val settings: Settings,
    private val log: RingLog,
    private val patience: Patience,
    private val random: Random
) {
    private class Running(
        val startedAt: Long,
        val progress: Progress,
        val cancellation: Cancellation
    ) {
        val report = CompletableFuture<SyncReport>()
    }

    private val lock = Any()
    private var running: Running? = null
    private var nextAt: Long? = null
    private var failures = 0

    @Volatile private var begun = false

    /** How the last sync ended, this start's or an earlier one's. */
    val last: SyncReport? get() = settings.lastSync?.let(::readSyncReport)

    fun state(): SyncState = synchronized(lock) {
        val now = running?.progress
        val course = now?.course ?: Course(0, 0)
        SyncState(now != null, course.sent, course.toSend, now?.received ?: 0, nextAt)
    }

    /** The holder asks. Throws [PhoneException.NotEnrolled]. */
    fun sync(): SyncReport = runOrJoin(byHand = true)

    /** The timer asks; null if there is nothing to do. */
    fun syncWhenDue(): SyncReport? {
        synchronized(lock) { nextAt = null }
        if (!isWorthwhile()) return null
        return runOrJoin(byHand = false)
    }

    /** Something was saved: it goes along with what follows. */
    fun somethingNew() = synchronized(lock) {
        if (nextAt == null) plan(host.nowMs() + patience.jittered(patience.gatherMs, random))
    }

    /** A new phone has much to fetch: it asks soon. */
    fun enrolled() = somethingNew()

    /** Plans, once, what an earlier start left over, by the status that the first page asks for. */
    fun begin(status: () -> Status) {
        if (begun) return
        if (status().isWorthwhile()) somethingNew()
        begun = true
    }

    fun cancel() {
        synchronized(lock) { running }?.cancellation?.cancel()
    }

    private fun isWorthwhile(): Boolean = try {
        status().isWorthwhile()
    } catch (failure: PhoneException) {
        unplanned(failure)
    } catch (failure: LinkageError) {
        unplanned(failure)
    }

    private fun unplanned(failure: Throwable): Boolean {
        log.add("sync: ${failure.javaClass.simpleName}")
        return false
    }

    private fun Status.isWorthwhile() =
        device != null && !revoked && (unsent > 0u || isStale(syncedAt))

    /** Others write, and staff decide, while there is nothing to send. */
    private fun isStale(syncedAt: Long?): Boolean =
        syncedAt == null || host.nowMs() - syncedAt > patience.longestUnheardMs

    private fun status(): Status = phones.real { it.status(host.nowMs()) }

    private fun runOrJoin(byHand: Boolean): SyncReport {
        val status = status()
        if (status.device == null) throw PhoneException.NotEnrolled()
        var mine = false
        val current = synchronized(lock) {
            running ?: Running(host.nowMs(), Progress(status.unsent.toInt()), Cancellation()).also {
                running = it
                mine = true
            }
        }
        if (mine) run(current, byHand)
        return current.report.get()
    }

    private fun run(run: Running, byHand: Boolean) {
        var ended: Refusal? = Refusal(Failure.FILE)
        try {
            ended = attempt(run, byHand)
        } finally {
            end(run, ended)
        }
    }

    private fun end(run: Running, ended: Refusal?) {
        try {
            val report = reportOf(run, ended)
            log.add("sync: ${report.failure ?: "done"}, ${report.requests} requests")
            settings.lastSync = report.toJson()
            synchronized(lock) { planAfter(report, ended) }
            run.report.complete(report)
        } catch (failure: Exception) {
            run.report.completeExceptionally(failure)
            throw failure
        } finally {
            synchronized(lock) { running = null }
        }
    }

    /** Null if it went through. */
    private fun attempt(run: Running, byHand: Boolean): Refusal? {
        val network = host.network()
        val server = settings.server
        return when {
            network == NetworkState.NONE -> Refusal(Failure.OFFLINE)
            network == NetworkState.SAVING && !byHand -> Refusal(Failure.DATA_SAVER)
            server == null -> Refusal(Failure.BAD_ADDRESS)
            else -> exchange(run, District(host.http, server))
        }
    }

    private fun exchange(run: Running, district: District): Refusal? = try {
        val (progress, cancellation) = run.progress to run.cancellation
        SyncRun(host, phones, district, progress, cancellation, patience, random).run()
        null
    } catch (refusal: Refusal) {
        refusal
    } catch (_: PhoneException.Full) {
        Refusal(Failure.FULL)
    } catch (_: PhoneException.File) {
        Refusal(Failure.FILE)
    }

    private fun reportOf(run: Running, ended: Refusal?): SyncReport = run.progress.let {
        SyncReport(
            run.startedAt, host.nowMs(), ended?.failure, it.sent, it.received, it.refused,
            status().unsent.toInt(), it.requests, it.bytesUp, it.bytesDown
        )
    }

    private fun planAfter(report: SyncReport, ended: Refusal?) {
        failures = if (ended == null) 0 else failures + 1
        val again = ended != null && report.failure in PASSING && report.waiting > 0
        // What was saved while it ran.
        val left = ended == null && report.waiting > 0
        val asked = (ended?.retryAfter ?: 0) * MS_PER_S
        plan(
            when {
                again -> host.nowMs() + maxOf(asked, patience.backOffMs(failures, random))
                left -> host.nowMs() + patience.jittered(patience.gatherMs, random)
                else -> null
            }
        )
    }

    private fun plan(at: Long?) {
        nextAt = at
        host.timer.wakeAt(at)
    }

    private companion object {
        const val MS_PER_S = 1_000L
        val PASSING =
            setOf(Failure.OFFLINE, Failure.CUT, Failure.SERVER, Failure.BAD_ANSWER)
    }
}
