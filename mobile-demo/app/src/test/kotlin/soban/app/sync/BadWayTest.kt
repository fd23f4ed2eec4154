package soban.app.sync

import kotlinx.serialization.json.JsonObject
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.net.UrlHttp
import soban.app.testing.BadAnswer
import soban.app.testing.BadServer
import soban.app.testing.TestDistrict
import soban.app.testing.TestHost
import soban.app.testing.TestPhone
import soban.app.testing.flag
import soban.app.testing.isNull
import soban.app.testing.number
import soban.app.testing.text
import soban.app.testing.waitUntil
import java.io.File
import java.util.Random
import java.util.concurrent.CompletableFuture

/** A district that answers badly, or not at all. */
class BadWayTest {
    @TempDir lateinit var folder: File
    private lateinit var district: TestDistrict
    private lateinit var bad: BadServer
    private lateinit var phone: TestPhone
    private val addressFile get() = File(folder, "phone/server")

    @BeforeEach
    fun `a phone has something to send, and a bad server is in its district's place`() {
        district = TestDistrict(folder)
        phone = TestPhone(File(folder, "phone"))
        phone.enrol(district.qr())
        phone.saveGift()
        bad = BadServer(BadAnswer.HANGS)
        addressFile.writeText(bad.address)
    }

    @AfterEach
    fun end() {
        phone.close()
        bad.close()
        district.close()
    }

    private fun syncBadly(answer: BadAnswer): JsonObject {
        bad.answer = answer
        return phone.sync()
    }

    @Test
    fun `every bad answer has a name, loses nothing, and the next sync goes through`() {
        val page = "<html>Chào mừng</html>".toByteArray()
        for ((answer, failure) in listOf(
            BadAnswer.HANGS to "cut",
            BadAnswer.CLOSES to "cut",
            BadAnswer.HALF to "cut",
            BadAnswer.GARBAGE to "badAnswer",
            BadAnswer.cbor(ByteArray(0)) to "badAnswer",
            BadAnswer.cbor(ByteArray(300) { 0x5f }) to "badAnswer",
            BadAnswer.http("200 OK", "text/html", page) to "badAnswer",
            BadAnswer.http("302 Found", "text/html", page, "Location: http://127.0.0.1:1/") to
                "badAnswer",
            BadAnswer.http("404 Not Found", "text/html", page) to "badAnswer",
            BadAnswer.http("500 Internal Server Error", "text/html", page) to "server",
            BadAnswer.problem("500 Internal Server Error", "/problems/internal") to "server",
            BadAnswer.problem("503 Service Unavailable", "/problems/unavailable") to "server",
            BadAnswer.problem("429 Too Many Requests", "/problems/too-many-tries") to "server",
            BadAnswer.problem("401 Unauthorized", "/problems/unknown-device") to "revoked"
        )) {
            val report = syncBadly(answer)
            assertEquals(failure, report.text("failure"), "$report")
            assertEquals(1, report.number("waiting"))
            assertEquals(1, phone.list().size)
        }
        addressFile.writeText(district.address)
        val report = phone.sync()
        assertTrue(report.isNull("failure"), "$report")
        assertEquals(1, report.number("sent"))
        assertEquals(0, report.number("waiting"))
    }

    @Test
    fun `a passing failure is tried again at once, and later by itself, ever more seldom`() {
        assertEquals(3, syncBadly(BadAnswer.CLOSES).number("requests"))
        val first = phone.call("syncState").number("nextAt") - System.currentTimeMillis()
        assertTrue(first in 25_000..90_000, "$first")
        repeat(5) { syncBadly(BadAnswer.CLOSES) }
        val later = phone.call("syncState").number("nextAt") - System.currentTimeMillis()
        assertTrue(later in 900_000..3_000_000, "$later")
    }

    @Test
    fun `what cannot pass is not tried again`() {
        assertEquals(1, syncBadly(BadAnswer.GARBAGE).number("requests"))
        bad.answer = BadAnswer.problem("401 Unauthorized", "/problems/unknown-device")
        phone.sync()
        assertEquals(listOf("/v1/sync", "/v1/return"), bad.requests.takeLast(2))
        assertNull(phone.host.wakeAt)
    }

    @Test
    fun `the district says how long to wait`() {
        val kind = "/problems/unavailable"
        syncBadly(BadAnswer.problem("503 Service Unavailable", kind, "Retry-After: 7200"))
        assertEquals(1, bad.requests.size)
        val wait = phone.call("syncState").number("nextAt") - System.currentTimeMillis()
        assertTrue(wait > 7_100_000, "$wait")

        val began = System.nanoTime()
        syncBadly(BadAnswer.problem("503 Service Unavailable", kind, "Retry-After: 1"))
        assertTrue(System.nanoTime() - began > 900_000_000)
    }

    @Test
    fun `one sync runs at a time, reading goes on meanwhile, and it can be ended`() {
        phone.close()
        val patient = UrlHttp(silenceMs = 60_000)
        phone = TestPhone(TestHost(File(folder, "phone"), patient))
        val first = CompletableFuture.supplyAsync { phone.sync() }
        waitUntil("the request has come") { bad.requests.size == 1 }
        val second = CompletableFuture.supplyAsync { phone.sync() }

        val state = phone.call("syncState")
        assertTrue(state.flag("running"))
        assertEquals(1, state.number("toSend"))
        phone.saveGift("ông B")
        assertEquals(2, phone.list().size)

        phone.app.cancelSync()
        assertEquals("cut", first.get().text("failure"))
        // Whoever came while it ran has the same report; who came later, one of their own.
        phone.app.cancelSync()
        waitUntil("both have ended") {
            phone.app.cancelSync()
            second.isDone
        }
        assertEquals("cut", second.get().text("failure"))
        assertEquals(2, phone.status().number("unsent"))
    }

    @Test
    fun `a phone enrols only with a district`() {
        TestPhone(File(folder, "new")).use { new ->
            fun refusal(answer: BadAnswer): String {
                bad.answer = answer
                val enrol = """{"text":"${bad.address}/enrol#ABCDE-FGHJK","server":null}"""
                return new.failure("enrol", enrol).text("failure")
            }
            val page = "<html/>".toByteArray()
            assertEquals("badAddress", refusal(BadAnswer.http("200 OK", "text/html", page)))
            assertEquals("badAddress", refusal(BadAnswer.http("404 Not Found", "text/html", page)))
            assertEquals("badAnswer", refusal(BadAnswer.cbor(ByteArray(9))))
            assertEquals("cut", refusal(BadAnswer.HALF))
            assertEquals("server", refusal(BadAnswer.problem("503 Busy", "/problems/unavailable")))
            assertTrue(new.status().isNull("device"))
        }
    }

    @Test
    fun `back-off doubles to its end and is never the same for all`() {
        val patience = Patience()
        val waits = (1..30).map { patience.backOffMs(it, Random(it.toLong())) }
        assertTrue(waits.first() in 30_000..90_000)
        assertTrue(waits.all { it <= 9 * 3_600_000 })
        assertTrue(waits.drop(10).distinct().size > 15)
    }
}
