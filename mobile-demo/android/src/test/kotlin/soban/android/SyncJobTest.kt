package soban.android

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import kotlinx.serialization.json.jsonObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow
import soban.app.testing.BadAnswer
import soban.app.testing.BadServer
import soban.app.testing.TestPhone
import soban.app.testing.number
import soban.app.testing.text
import soban.app.testing.waitUntil
import java.io.File

class SyncJobTest : ShellTest() {
    private val scheduler get() = application.getSystemService(JobScheduler::class.java)
    private val next get() = scheduler.getPendingJob(JobTimer.NEXT)
    private val parameters = Shadow.newInstanceOf(JobParameters::class.java)

    private fun recordGift() {
        call("save", TestPhone.gift("ông Lục Thượng Cường", "5.200 m²"))
    }

    private fun start(): SyncJob =
        Robolectric.buildService(SyncJob::class.java).create().get().also {
            assertTrue(it.onStartJob(parameters))
        }

    private fun finish(job: SyncJob) = waitUntil("the job ends") { shadowOf(job).isJobFinished }

    @Test
    fun `what is saved is sent by a job, when there is a network`() {
        enrol()
        recordGift()
        val planned = checkNotNull(next)
        @Suppress("DEPRECATION")
        assertEquals(JobInfo.NETWORK_TYPE_ANY, planned.networkType)
        assertTrue(planned.isPersisted && planned.minLatencyMillis > 0)
        finish(start())
        assertEquals(0, call("status").number("unsent"))
        waitUntil("the plan is taken back") { next == null }
    }

    @Test
    fun `every day the district is asked in any case`() {
        val daily = checkNotNull(scheduler.getPendingJob(JobTimer.DAILY))
        assertTrue(daily.isPeriodic && daily.isPersisted)
    }

    @Test
    fun `without a network it says so, loses nothing, and tries again`() {
        enrol()
        recordGift()
        TestNetwork.lose()
        val report = call("sync")
        assertEquals("offline", report.text("failure"))
        assertEquals(1, report.number("waiting"))
        assertNotNull(next)
        TestNetwork.connect()
        finish(start())
        assertEquals(0, call("status").number("unsent"))
    }

    @Test
    fun `the data saver stops the job, and not the holder`() {
        enrol()
        recordGift()
        TestNetwork.saveData(true)
        finish(start())
        val last = call("syncState").jsonObject.getValue("last")
        assertEquals("dataSaver", last.text("failure"))
        assertEquals(1, call("sync").number("sent"))
    }

    @Test
    fun `a job that is stopped ends its sync`() {
        enrol()
        recordGift()
        BadServer(BadAnswer.HANGS).use { bad ->
            File(application.filesDir, "phone/server").writeText(bad.address)
            val job = start()
            waitUntil("the request has come") { bad.requests.isNotEmpty() }
            job.onStopJob(parameters)
            finish(job)
            assertEquals(1, call("status").number("unsent"))
            waitUntil("it is planned again") { next != null }
        }
    }

    @Test
    fun `a job on a phone without papers does nothing`() {
        finish(start())
        assertNull(next)
    }
}
