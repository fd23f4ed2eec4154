package soban.app.sync

import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.Failure
import soban.app.NetworkState
import soban.app.net.Http
import soban.app.testing.TestDistrict
import soban.app.testing.TestPhone
import soban.app.testing.flag
import soban.app.testing.isNull
import soban.app.testing.number
import soban.app.testing.text
import soban.app.testing.waitUntil
import java.io.File

/** Against a real district server. */
class SyncTest {
    @TempDir lateinit var folder: File
    private lateinit var district: TestDistrict
    private lateinit var phone: TestPhone

    @BeforeEach
    fun start() {
        district = TestDistrict(folder)
        phone = TestPhone(File(folder, "phone"))
    }

    @AfterEach
    fun end() {
        phone.close()
        district.close()
    }

    private fun refusal(text: String, server: String? = null): String {
        val address = server?.let { "\"$it\"" }
        val failure = phone.failure("enrol", """{"text":"$text","server":$address}""")
        return failure["failure"]?.let { failure.text("failure") } ?: failure.text("kind")
    }

    @Test
    fun `a phone is enrolled by what a sheet shows, or by a code and an address`() {
        assertEquals("", phone.status().text("server"))
        phone.enrol(district.qr())
        val status = phone.status()
        assertEquals(district.address, status.text("server"))
        assertTrue("Pạc Bo" in status.text("unitName"), "$status")
        assertEquals("bà Vàng Thị Mai", status.text("holder"))

        TestPhone(File(folder, "second")).use { second ->
            second.host.defaultServer = district.address
            second.enrol(district.invite().lowercase())
            assertFalse(second.status().isNull("device"))
        }
    }

    @Test
    fun `what stops an enrolment is told apart, and the right code goes through afterwards`() {
        val code = district.invite()
        assertEquals("badAddress", refusal(code))
        assertEquals("badAddress", refusal(code, "http://soban.example.vn"))
        assertEquals("badAddress", refusal("http://soban.example.vn/enrol#$code"))
        assertEquals("codeRefused", refusal("ZZZZZ-ZZZZZ", district.address))
        assertEquals("codeRefused", refusal("${district.address}/enrol#"))
        phone.host.network = NetworkState.NONE
        assertEquals("offline", refusal(code, district.address))
        phone.host.network = NetworkState.FREE
        district.stop()
        assertEquals("offline", refusal(code, district.address))
        assertEquals("", phone.status().text("server"))
        district.start()
        phone.enrol("${district.address}/enrol#$code")
        TestPhone(File(folder, "second")).use { second ->
            val used = """{"text":"${district.address}/enrol#$code","server":null}"""
            assertEquals("codeRefused", second.failure("enrol", used).text("failure"))
        }
    }

    @Test
    fun `what was recorded without a district goes in one request`() {
        phone.enrol(district.qr())
        district.stop()
        repeat(5) { phone.saveGift("ông Lục Văn $it") }
        val offline = phone.sync()
        assertEquals("offline", offline.text("failure"))
        assertEquals(5, offline.number("waiting"))
        assertTrue(phone.list().all { it.flag("unsent") })

        district.start()
        val report = phone.sync()
        assertTrue(report.isNull("failure"))
        assertEquals(listOf(5L, 0L, 1L), listOf("sent", "waiting", "requests").map(report::number))
        assertEquals(0, phone.status().number("unsent"))
        assertTrue(phone.list().none { it.flag("unsent") })
        val state = phone.call("syncState").jsonObject
        assertFalse(state.flag("running"))
        assertTrue(state.isNull("nextAt"))
        assertEquals(report, state.getValue("last"))
    }

    @Test
    fun `its course counts what is saved meanwhile, and never says more than all`() {
        phone.enrol(district.qr())
        phone.sync()
        repeat(5) { phone.saveGift("ông Lục Văn $it") }
        val course = ArrayList<Pair<Long, Long>>()
        val way = phone.host.http
        phone.host.http = Http { request, cancellation ->
            val state = phone.call("syncState")
            course += state.number("sent") to state.number("toSend")
            if (course.size == 1) repeat(2) { phone.saveGift("bà Giàng Thị $it") }
            way.post(request, cancellation)
        }
        assertEquals(7, phone.sync().number("sent"))
        assertEquals(listOf(0L to 5L, 5L to 7L), course)
    }

    @Test
    fun `how the last sync ended is known at the next start`() {
        phone.enrol(district.qr())
        val report = phone.sync()
        phone.close()
        phone = TestPhone(File(folder, "phone"))
        assertEquals(report, phone.call("syncState").jsonObject.getValue("last"))
    }

    @Test
    fun `two phones of a cell see each other's records`() {
        phone.enrol(district.qr())
        TestPhone(File(folder, "second")).use { second ->
            second.enrol(district.qr())
            val record = phone.saveGift().text("record")
            phone.sync()
            // The district gives out what it has read into its books, a moment after it took it.
            waitUntil("it has come") { second.sync().number("received") == 1L }
            assertEquals(record, second.list().single().text("id"))
        }
    }

    @Test
    fun `a withdrawn phone is told so, and keeps its records`() {
        phone.enrol(district.qr())
        phone.saveGift()
        district.revoke(phone.status().text("device"))
        assertEquals("revoked", phone.sync().text("failure"))
        assertTrue(phone.status().flag("revoked"))
        assertTrue(phone.call("syncState").isNull("nextAt"))
        assertEquals(1, phone.list().size)
    }

    @Test
    fun `a phone that its district has forgotten comes back by itself`() {
        val before = district.backUp()
        phone.enrol(district.qr())
        phone.saveGift()
        district.restore(before)
        val report = phone.sync()
        assertTrue(report.isNull("failure"), "$report")
        assertTrue(phone.status().flag("pending"))
    }

    @Test
    fun `a phone without papers does not sync`() {
        assertEquals("notEnrolled", phone.failure("sync").text("kind"))
        assertNull(phone.app.syncWhenDue())
    }

    @Test
    fun `what is saved is sent by itself, together with what follows`() {
        phone.enrol(district.qr())
        phone.sync()
        assertNull(phone.host.wakeAt)
        phone.saveGift("ông A")
        val planned = phone.host.wakeAt
        assertNotNull(planned)
        phone.saveGift("ông B")
        assertEquals(planned, phone.host.wakeAt)
        assertEquals(planned, phone.call("syncState").number("nextAt"))
        assertEquals(2, phone.app.syncWhenDue()?.sent)
        assertNull(phone.host.wakeAt)
        assertNull(phone.app.syncWhenDue())
    }

    @Test
    fun `what an earlier start left unsent is planned again`() {
        phone.enrol(district.qr())
        phone.saveGift()
        phone.close()
        phone = TestPhone(File(folder, "phone"))
        phone.status()
        assertNotNull(phone.host.wakeAt)
    }

    @Test
    fun `whoever practises still sends what counts`() {
        phone.enrol(district.qr())
        phone.saveGift()
        phone.call("setPractice", """{"on":true}""")
        phone.close()
        phone = TestPhone(File(folder, "phone"))
        assertEquals(0, phone.status().number("unsent"))
        assertNotNull(phone.host.wakeAt)
    }

    @Test
    fun `the data saver stops what nobody asked for`() {
        phone.enrol(district.qr())
        phone.saveGift()
        phone.host.network = NetworkState.SAVING
        assertEquals(Failure.DATA_SAVER, phone.app.syncWhenDue()?.failure)
        assertTrue(phone.sync().isNull("failure"))
        phone.saveGift("ông B")
        phone.host.network = NetworkState.NONE
        val report = phone.sync()
        assertEquals("offline" to 0L, report.text("failure") to report.number("requests"))
    }
}
