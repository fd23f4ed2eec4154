package soban.app.sync

import soban.app.Failure
import soban.app.Host
import soban.app.Phones
import soban.app.net.Cancellation
import soban.app.net.District
import soban.app.net.Refusal
import uniffi.soban_bindings.PhoneException
import uniffi.soban_bindings.SyncOutcome
import java.nio.ByteBuffer
import java.util.Random

/** What has come of a sync so far: it sends what waits, and what is saved meanwhile. */
internal class Progress(waiting: Int) {
    @Volatile var course = Course(0, waiting)
        private set

    val sent: Int get() = course.sent

    @Volatile var received = 0
        private set

    var refused = 0
        private set
    var requests = 0
        private set
    var bytesUp = 0L
        private set
    var bytesDown = 0L
        private set

    fun asked(bytes: Int) {
        requests += 1
        bytesUp += bytes
    }

    fun answered(bytes: Int) {
        bytesDown += bytes
    }

    fun took(outcome: SyncOutcome) {
        val sent = course.sent + outcome.stored.toInt()
        course = Course(sent, sent + outcome.unsent.toInt())
        received += outcome.received.toInt()
        refused += outcome.refused.toInt()
    }
}

/** How many entries have been confirmed, of how many; read together, so that it is never 7 of 5. */
internal class Course(val sent: Int, val toSend: Int)

/** One sync: as many requests as it takes until neither side has more. */
internal class SyncRun(
    private val host: Host,
    private val phones: Phones,
    private val district: District,
    private val progress: Progress,
    private val cancellation: Cancellation,
    private val patience: Patience,
    private val random: Random
) {
    private var answeredAt = System.nanoTime()

    /** Throws what ended it early: a [Refusal] or a [PhoneException]. */
    fun run() {
        var idle = 0
        for (number in 0 until MOST_REQUESTS) {
            val outcome = insist(keepAlive = number > 0)
            progress.took(outcome)
            if (outcome.revoked) throw Refusal(Failure.REVOKED)
            val moved = outcome.run { stored + received + reissued + givenBack } > 0u
            idle = if (moved || outcome.referenceChanged) 0 else idle + 1
            if (!outcome.again || idle > MOST_IDLE) return
        }
    }

    /** One request, repeated while the way is bad; each time the core makes it smaller. */
    private fun insist(keepAlive: Boolean): SyncOutcome {
        val pauses = patience.pausesMs.iterator()
        while (true) {
            val refusal = try {
                return once(keepAlive).also { answeredAt = System.nanoTime() }
            } catch (refusal: Refusal) {
                refusal
            }
            phones.real { it.requestFailed() }
            if (!refusal.isPassing || !pauses.hasNext() || isSilentTooLong()) throw refusal
            cancellation.pause(pauseAfter(refusal, pauses.next()))
        }
    }

    private fun pauseAfter(refusal: Refusal, pauseMs: Long): Long {
        val asked = (refusal.retryAfter ?: 0) * MS_PER_S
        if (asked > patience.longestPauseMs || cancellation.cancelled) throw refusal
        return maxOf(asked, patience.jittered(pauseMs, random))
    }

    private fun isSilentTooLong(): Boolean {
        val silentMs = (System.nanoTime() - answeredAt) / NANOS_PER_MS
        return silentMs > patience.longestSilenceMs
    }

    private fun once(keepAlive: Boolean): SyncOutcome {
        val request = phones.real { it.outgoing(host.appVersion, freeBytes(), host.nowMs()) }
        val answer = try {
            sync(request, keepAlive)
        } catch (refusal: Refusal) {
            if (refusal.problem != District.UNKNOWN_DEVICE) throw refusal
            comeBack()
            sync(request, keepAlive)
        }
        return try {
            phones.real { it.incoming(direct(answer), host.nowMs()) }
        } catch (_: PhoneException.BadAnswer) {
            throw Refusal(Failure.BAD_ANSWER)
        }
    }

    private fun sync(request: ByteArray, keepAlive: Boolean): ByteArray =
        post(District.SYNC, request, phones.real { it.authorization() }, keepAlive)

    /** The district may have been restored from before this phone was enrolled. */
    private fun comeBack() {
        try {
            post(District.RETURN, phones.real { it.returnRequest() }, null, keepAlive = true)
        } catch (refusal: Refusal) {
            val withdrawn = refusal.status == UNAUTHORIZED || refusal.status == FORBIDDEN
            throw if (withdrawn) Refusal(Failure.REVOKED, refusal.status) else refusal
        }
    }

    private fun post(
        path: String,
        body: ByteArray,
        authorization: String?,
        keepAlive: Boolean
    ): ByteArray {
        progress.asked(body.size)
        val answer = district.post(path, body, cancellation, authorization, keepAlive)
        progress.answered(answer.size)
        return answer
    }

    private fun freeBytes(): ULong? = host.freeBytes()?.coerceAtLeast(0)?.toULong()

    companion object {
        /** A phone that has been away for half a year needs some dozens. */
        private const val MOST_REQUESTS = 500

        /** Answers in a row that bring nothing new before one gives up asking. */
        private const val MOST_IDLE = 3
        private const val MS_PER_S = 1_000L
        private const val NANOS_PER_MS = 1_000_000L
        private const val UNAUTHORIZED = 401
        private const val FORBIDDEN = 403

        /** The bindings read bytes where they lie. Android 8 has no `flip` that gives the same. */
        fun direct(bytes: ByteArray): ByteBuffer =
            ByteBuffer.allocateDirect(bytes.size).apply { duplicate().put(bytes) }
    }
}
