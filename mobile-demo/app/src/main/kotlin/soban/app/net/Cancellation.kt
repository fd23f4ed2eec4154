package soban.app.net

import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/** Ends what is under way from another thread. */
class Cancellation {
    private val lock = ReentrantLock()
    private val changed = lock.newCondition()
    private var breakOff: (() -> Unit)? = null

    @Volatile
    var cancelled = false
        private set

    fun cancel() {
        val now = lock.withLock {
            cancelled = true
            changed.signalAll()
            breakOff
        }
        now?.invoke()
    }

    /** Does a job that [breakOff] ends early. */
    fun <T> during(breakOff: () -> Unit, job: () -> T): T {
        lock.withLock {
            if (cancelled) throw LinkException(LinkTrouble.CANCELLED)
            this.breakOff = breakOff
        }
        try {
            return job()
        } finally {
            lock.withLock { this.breakOff = null }
        }
    }

    /** Waits so long; less if cancelled. */
    fun pause(ms: Long) = lock.withLock {
        var left = TimeUnit.MILLISECONDS.toNanos(ms)
        while (!cancelled && left > 0) left = changed.awaitNanos(left)
    }
}
