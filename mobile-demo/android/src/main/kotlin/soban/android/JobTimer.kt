package soban.android

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import soban.app.Timer
import java.util.concurrent.TimeUnit

/** Plans syncs with Android's scheduler, which waits for a network and outlives the process. */
class JobTimer(private val context: Context) : Timer {
    private val scheduler = context.getSystemService(JobScheduler::class.java)
    private var running = 0
    private var whenDone: (() -> Unit)? = null

    override fun wakeAt(atMs: Long?) {
        if (atMs == null) return apply { scheduler.cancel(NEXT) }
        val wait = (atMs - System.currentTimeMillis()).coerceAtLeast(0)
        apply { scheduler.schedule(job(NEXT).setMinimumLatency(wait).build()) }
    }

    /** Others write, and staff decide, while this phone has nothing to send. */
    fun planDaily() {
        if (scheduler.getPendingJob(DAILY) != null) return
        val day = TimeUnit.DAYS.toMillis(1)
        scheduler.schedule(job(DAILY).setPeriodic(day).build())
    }

    /** A plan that is changed while its job runs would end that job: it is changed afterwards. */
    @Synchronized
    fun began() {
        running += 1
    }

    @Synchronized
    fun ended() {
        running -= 1
        if (running > 0) return
        whenDone?.invoke()
        whenDone = null
    }

    @Synchronized
    private fun apply(change: () -> Unit) {
        if (running > 0) whenDone = change else change()
    }

    private fun job(id: Int) = JobInfo.Builder(id, ComponentName(context, SyncJob::class.java))
        .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
        .setPersisted(true)

    companion object {
        /** What the app has planned. */
        const val NEXT = 1

        /** In any case. */
        const val DAILY = 2
    }
}
