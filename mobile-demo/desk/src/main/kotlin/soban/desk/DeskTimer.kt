package soban.desk

import soban.app.PhoneApp
import soban.app.Timer
import java.util.concurrent.Executors
import java.util.concurrent.ScheduledFuture
import java.util.concurrent.TimeUnit

/** Wakes the app as Android's job scheduler would; never if everything goes by hand. */
internal class DeskTimer(private val byHand: Boolean) :
    Timer,
    AutoCloseable {
    private val clock =
        Executors.newSingleThreadScheduledExecutor { Thread(it).apply { isDaemon = true } }
    private var app: PhoneApp? = null
    private var planned: ScheduledFuture<*>? = null

    @Synchronized
    fun start(app: PhoneApp) {
        this.app = app
    }

    @Synchronized
    override fun wakeAt(atMs: Long?) {
        planned?.cancel(false)
        planned = null
        if (byHand || atMs == null || clock.isShutdown) return
        val wait = (atMs - System.currentTimeMillis()).coerceAtLeast(0)
        planned = clock.schedule(::wake, wait, TimeUnit.MILLISECONDS)
    }

    private fun wake() {
        synchronized(this) { app }?.syncWhenDue()
    }

    override fun close() {
        clock.shutdownNow()
    }
}
