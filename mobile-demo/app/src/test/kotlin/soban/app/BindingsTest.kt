package soban.app

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.testing.TestDistrict
import soban.app.testing.TestPhone
import uniffi.soban_bindings.FieldInput
import uniffi.soban_bindings.InternalException
import uniffi.soban_bindings.ListQuery
import uniffi.soban_bindings.LogLevel
import uniffi.soban_bindings.LogSink
import uniffi.soban_bindings.NewRecord
import uniffi.soban_bindings.Phone
import uniffi.soban_bindings.PhoneException
import uniffi.soban_bindings.RecordPatch
import java.io.File
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread

/** The seam between Kotlin and Rust, below the bridge. The domain has its own tests. */
class BindingsTest {
    @TempDir
    lateinit var folder: File

    private fun open() = Phone.open(folder.path)

    private fun Phone.keep(words: String) = saveDraft(null, "meeting", words, 0)

    @Test
    fun `an error is of the type that says what to do`() {
        open().use { phone ->
            assertThrows(PhoneException.NotEnrolled::class.java) { phone.authorization() }
            assertThrows(PhoneException.UnknownRecord::class.java) { phone.show("x") }
            val form = assertThrows(PhoneException.UnknownForm::class.java) { phone.form("họp") }
            assertEquals("họp", form.name)
            assertThrows(PhoneException.InUse::class.java) { open() }
        }
    }

    @Test
    fun `text keeps its marks, its decomposed letters and what no screen can draw`() {
        val words = "Chi bộ thôn Pạc Bo · e\u0323\u0302 · 🏔 · \u0000"
        open().use { phone ->
            phone.keep(words)
            assertEquals(words, phone.drafts().single().body)
        }
        open().use { assertEquals(words, it.drafts().single().body) }
    }

    @Test
    fun `calls from many threads wait for each other`() {
        open().use { phone ->
            val threads = (1..8).map { thread { repeat(20) { n -> phone.keep("$it $n") } } }
            threads.forEach(Thread::join)
            assertEquals(160, phone.drafts().map { it.body }.toSet().size)
        }
    }

    @Test
    fun `after close there is an exception, and the file can be opened again`() {
        val phone = open()
        phone.keep("nháp")
        phone.close()
        assertThrows(IllegalStateException::class.java) { phone.drafts() }
        phone.close()
        open().use { assertEquals("nháp", it.drafts().single().body) }
    }

    @Test
    fun `a log that throws spoils nothing`() {
        val heard = ConcurrentLinkedQueue<String>()
        val sink = object : LogSink {
            override fun log(level: LogLevel, message: String) {
                heard += "$level $message"
                throw IllegalArgumentException("the log is full")
            }
        }
        open().use { phone ->
            phone.setLog(sink)
            assertThrows(PhoneException.UnknownRecord::class.java) { phone.show("ông Cường") }
            assertThrows(PhoneException.NotEnrolled::class.java) { phone.outgoing("t", null, 0) }
            phone.keep("nháp")
            assertEquals("nháp", phone.drafts().single().body)
        }
        assertTrue(heard.single().startsWith("WARN outgoing"), "$heard")
    }

    @Test
    fun `a panic in a save's transaction is an exception, and the file is what it was`() {
        val home = File(folder, "phone")
        TestDistrict(folder).use { district ->
            TestPhone(home).use { it.enrol(district.qr()) }
        }
        Phone.open(home.path).use { phone ->
            val record = phone.save(gift("ông Lục Thượng Cường"), NOW).record
            val before = phone.holds(record)
            // Only the tests' library has it, and a phone's compiles these sources as well.
            val arm = Phone::class.java.getMethod("panicAtNextChange")
            for (change in listOf<() -> Any>(
                { phone.save(gift("ông Tráng A Pao"), NOW) },
                { phone.edit(rename(record), NOW) },
                { phone.voidRecord(record, null, "ghi nhầm", NOW) },
                { phone.keep("nháp") }
            )) {
                arm(phone)
                assertThrows(InternalException::class.java) { change() }
                assertEquals(before, phone.holds(record))
            }
        }
        Phone.open(home.path).use { phone ->
            val record = phone.list(everything).single().id
            assertEquals(1u, phone.edit(rename(record), NOW).entries)
            assertEquals(2, phone.history(record).size)
            assertEquals(2u, phone.status(NOW).unsent)
        }
    }

    private fun Phone.holds(record: String): List<Any> =
        listOf(status(NOW), history(record), list(everything), drafts(), figures(2012u))

    private fun gift(donor: String) = NewRecord(
        form = "contribution",
        orgUnit = null,
        fields = mapOf(
            "kind" to "land",
            "donor_kind" to "individual",
            "donor_name" to donor,
            "village" to "1034",
            "occurred_on" to "12/4/2012",
            "stage" to "pledged",
            "area_m2" to "5.200 m²"
        ).mapValues { FieldInput.Text(it.value) },
        rows = emptyList(),
        confirmed = true,
        draft = null
    )

    private fun rename(record: String) = RecordPatch(
        record = record,
        openedAt = null,
        fields = mapOf("donor_name" to FieldInput.Text("ông Cường")),
        rows = emptyList(),
        newRows = emptyList(),
        confirmed = true,
        draft = null
    )

    private companion object {
        const val NOW = 1_334_200_000_000
        val everything = ListQuery(null, null, null, null, false, 0u, 0u)
    }
}
