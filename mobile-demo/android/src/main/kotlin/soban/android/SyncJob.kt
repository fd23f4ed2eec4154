package soban.android

import android.app.job.JobParameters
import android.app.job.JobService

/** A sync that nobody asked for, when there is a network. */
class SyncJob : JobService() {
    private val phone get() = application as PhoneApplication

    override fun onStartJob(parameters: JobParameters): Boolean {
        phone.timer.began()
        phone.work.execute { sync(parameters) }
        return true
    }

    /** The network has gone, or the system wants its power back. */
    override fun onStopJob(parameters: JobParameters): Boolean {
        phone.work.execute { phone.phone().cancelSync() }
        // What is left is planned by the app itself.
        return false
    }

    private fun sync(parameters: JobParameters) {
        try {
            phone.phone().syncWhenDue()
        } finally {
            jobFinished(parameters, false)
            phone.timer.ended()
        }
    }
}
