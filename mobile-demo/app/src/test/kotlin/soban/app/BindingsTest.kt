package soban.app

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.soban_bindings.InternalException
import uniffi.soban_bindings.LogLevel
import uniffi.soban_bindings.LogSink
import uniffi.soban_bindings.Phone
import uniffi.soban_bindings.PhoneException
import java.io.File
import java.lang.reflect.InvocationTargetException
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
    fun `a panic in the middle of a call is an exception, and the phone goes on`() {
        open().use { phone ->
            phone.keep("trước")
            // Only the tests' library has it, and a phone's compiles these sources as well.
            val panic = Phone::class.java.getMethod("panicNow")
            val thrown = assertThrows(InvocationTargetException::class.java) { panic(phone) }
            assertInstanceOf(InternalException::class.java, thrown.cause)
            phone.keep("sau")
            assertEquals(setOf("trước", "sau"), phone.drafts().map { it.body }.toSet())
        }
        open().use { assertEquals(2, it.drafts().size) }
    }
}
