package soban.app

import kotlinx.serialization.json.jsonArray
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.testing.TestDistrict
import soban.app.testing.TestHost
import soban.app.testing.TestPhone
import soban.app.testing.flag
import soban.app.testing.number
import soban.app.testing.text
import java.io.File

class PracticeTest {
    @TempDir lateinit var folder: File
    private lateinit var district: TestDistrict
    private lateinit var phone: TestPhone

    @BeforeEach
    fun `a phone is enrolled`() {
        district = TestDistrict(folder)
        phone = TestPhone(File(folder, "phone"))
        phone.enrol(district.qr())
    }

    @AfterEach
    fun end() {
        phone.close()
        district.close()
    }

    @Test
    fun `practice has records of its own that never go anywhere`() {
        assertTrue(phone.call("setPractice", """{"on":true}""").flag("practice"))
        phone.host.wakeAt = null
        phone.saveGift("ông Tập Ghi")
        assertNull(phone.host.wakeAt)
        assertEquals("practice", phone.failure("sync").text("kind"))
        val enrol = """{"text":"A","server":null}"""
        assertEquals("practice", phone.failure("enrol", enrol).text("kind"))
        assertEquals(1, phone.list().size)

        assertFalse(phone.call("setPractice", """{"on":false}""").flag("practice"))
        assertEquals(0, phone.list().size)
        phone.saveGift()
        assertEquals(1, phone.sync().number("sent"))

        phone.call("setPractice", """{"on":true}""")
        assertEquals(1, phone.list("tap ghi").size)
    }

    @Test
    fun `the timer sends what counts while the holder practises`() {
        phone.saveGift()
        phone.call("setPractice", """{"on":true}""")
        assertEquals(1, phone.app.syncWhenDue()?.sent)
    }

    @Test
    fun `who was practising when the system ended the app still is, but not a day later`() {
        val start = 1_335_000_000_000
        phone.host.now = start
        phone.call("setPractice", """{"on":true}""")
        phone.close()
        fun practisesAt(now: Long): Boolean {
            val host = TestHost(File(folder, "phone"))
            host.now = now
            return TestPhone(host).use { it.status().flag("practice") }
        }
        assertTrue(practisesAt(start + 60_000))
        assertFalse(practisesAt(start + 24 * 3_600_000))
    }

    @Test
    fun `a phone without forms has nothing to practise`() {
        TestPhone(File(folder, "new")).use { new ->
            assertEquals("notEnrolled", new.failure("setPractice", """{"on":true}""").text("kind"))
            assertFalse(new.status().flag("practice"))
            assertEquals(0, new.call("drafts").jsonArray.size)
        }
    }
}
