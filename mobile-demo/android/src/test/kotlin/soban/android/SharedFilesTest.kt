package soban.android

import android.content.Intent
import android.net.Uri
import android.provider.OpenableColumns
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import soban.app.testing.text
import java.io.File
import java.io.FileNotFoundException

class SharedFilesTest : ShellTest() {
    private val files get() = application.contentResolver

    private fun share(): Intent {
        val paper = """{"title":"Hiến đất · ông Cường","page":"<p>Biên bản ☒</p>"}"""
        call("share", paper)
        val chooser = shadowOf(application).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        @Suppress("DEPRECATION")
        return checkNotNull(chooser.getParcelableExtra(Intent.EXTRA_INTENT))
    }

    @Suppress("DEPRECATION")
    private val Intent.file: Uri get() = checkNotNull(getParcelableExtra(Intent.EXTRA_STREAM))

    @Test
    fun `a paper goes as a file, which who gets it may read`() {
        val send = share()
        assertEquals("text/html", send.type)
        assertTrue(send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        assertEquals(send.file, send.clipData?.getItemAt(0)?.uri)
        assertEquals("text/html", files.getType(send.file))
        val read = checkNotNull(files.openInputStream(send.file)).use { it.readBytes() }
        assertEquals("<p>Biên bản ☒</p>", read.toString(Charsets.UTF_8))
        checkNotNull(files.query(send.file, null, null, null, null)).use { told ->
            assertTrue(told.moveToFirst())
            val name = told.getString(told.getColumnIndexOrThrow(OpenableColumns.DISPLAY_NAME))
            assertTrue(name, name.startsWith("Hien-dat-ong-Cuong-") && name.endsWith(".html"))
            val size = told.getLong(told.getColumnIndexOrThrow(OpenableColumns.SIZE))
            assertEquals(read.size.toLong(), size)
        }
    }

    @Test
    fun `nobody gets at another file, or writes`() {
        val shared = share().file
        assertThrows(SecurityException::class.java) { files.openOutputStream(shared) }
        assertEquals(0, files.delete(shared, null, null))
        File(application.cacheDir, "secret.html").writeText("x")
        for (path in listOf("/../secret.html", "/%2e%2e%2fsecret.html", "/secret.html", "/", "")) {
            val other = Uri.parse("content://soban.android.shared$path")
            assertThrows(path, FileNotFoundException::class.java) { files.openInputStream(other) }
        }
        val provider = application.packageManager.resolveContentProvider(shared.authority!!, 0)
        assertFalse(checkNotNull(provider).exported)
        assertTrue(provider.grantUriPermissions)
    }

    @Test
    fun `what was handed out on another day is gone`() {
        val old = File(application.cacheDir, "shared/old.html").apply {
            parentFile?.mkdirs()
            writeText("x")
            setLastModified(System.currentTimeMillis() - 2 * 24 * 3_600_000L)
        }
        val shared = share().file
        assertFalse(old.exists())
        share()
        assertTrue(File(application.cacheDir, "shared/${shared.lastPathSegment}").exists())
    }
}
