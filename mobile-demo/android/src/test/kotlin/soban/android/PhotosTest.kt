package soban.android

import android.app.Activity
import android.content.ComponentName
import android.content.Intent
import android.content.IntentFilter
import android.net.Uri
import android.provider.MediaStore
import android.webkit.WebChromeClient
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream

class PhotosTest : ShellTest() {
    private val files get() = application.contentResolver
    private val answers = mutableListOf<Uri?>()

    private object Asked : WebChromeClient.FileChooserParams() {
        override fun getMode() = MODE_OPEN
        override fun getAcceptTypes() = arrayOf("image/*")
        override fun isCaptureEnabled() = true
        override fun getTitle(): CharSequence? = null
        override fun getFilenameHint(): String? = null
        override fun createIntent() = Intent()
    }

    private object Gone : InputStream() {
        override fun read() = throw IOException("the card was taken out")
    }

    /** What the holder is shown when the page asks for a photo. */
    private fun ask(): Intent {
        val client = checkNotNull(shadowOf(page).webChromeClient)
        val take = { photos: Array<Uri>? -> answers.add(photos?.single()).let {} }
        assertTrue(client.onShowFileChooser(page, take, Asked))
        return shadowOf(shown.get()).nextStartedActivityForResult.intent
    }

    @Suppress("DEPRECATION")
    private fun fileOf(camera: Intent) =
        checkNotNull(camera.getParcelableExtra<Uri>(MediaStore.EXTRA_OUTPUT))

    private fun end(asked: Intent, result: Int, data: Intent?) =
        shadowOf(shown.get()).receiveResult(asked, result, data)

    private fun read(photo: Uri) = checkNotNull(files.openInputStream(photo)).use { it.readBytes() }

    @Test
    fun `the camera puts its photo where only the page sees it`() {
        val camera = ask()
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, camera.action)
        assertTrue(camera.flags and Intent.FLAG_GRANT_WRITE_URI_PERMISSION != 0)
        val file = fileOf(camera)
        assertEquals(file, camera.clipData?.getItemAt(0)?.uri)
        assertEquals("image/jpeg", files.getType(file))
        checkNotNull(files.openOutputStream(file, "wt")).use { it.write(byteArrayOf(1, 2, 3)) }
        end(camera, Activity.RESULT_OK, null)
        assertArrayEquals(byteArrayOf(1, 2, 3), read(checkNotNull(answers.single())))
        assertEquals(0, read(fileOf(ask())).size)
    }

    @Test
    fun `no photo is left once the screen is closed`() {
        val file = fileOf(ask())
        shown.get().finish()
        shown.pause().stop().destroy()
        assertThrows(FileNotFoundException::class.java) { read(file) }
    }

    /** Back to a screen that has not asked. */
    @Suppress("DEPRECATION")
    private fun comeBack(result: Int, data: Intent?) =
        shadowOf(shown.get()).callOnActivityResult(1, result, data)

    /** What the page gets at the address where a photo is left for it, and where it is sent. */
    private fun left(): ByteArray {
        assertEquals("https://soban.invalid/#/enrol/photo", shadowOf(page).lastLoadedUrl)
        val assets = PageAssets(application.assets) { SharedFiles.openPhoto(application) }
        val photo = assets.answer("GET", Uri.parse("https://soban.invalid/photo.jpg"))
        assertEquals("image/jpeg", photo.mimeType)
        return photo.data.use { it.readBytes() }
    }

    @Test
    fun `a photo that comes back to an app that was ended meanwhile is read all the same`() {
        val file = fileOf(ask())
        checkNotNull(files.openOutputStream(file, "wt")).use { it.write(byteArrayOf(1, 2, 3)) }
        killAndRestore()
        comeBack(Activity.RESULT_OK, null)
        assertArrayEquals(byteArrayOf(1, 2, 3), left())
        assertEquals(emptyList<Uri>(), answers)
    }

    @Test
    fun `so is one that was chosen, and none where none was taken`() {
        killAndRestore()
        val before = shadowOf(page).lastLoadedUrl
        comeBack(Activity.RESULT_CANCELED, null)
        val chosen = Uri.parse("content://pictures/7")
        val gone = Uri.parse("content://pictures/8")
        shadowOf(files).registerInputStream(gone, Gone)
        comeBack(Activity.RESULT_OK, Intent().setData(gone))
        assertEquals(before, shadowOf(page).lastLoadedUrl)
        shadowOf(files).registerInputStream(chosen, byteArrayOf(4, 5).inputStream())
        comeBack(Activity.RESULT_OK, Intent().setData(chosen))
        assertArrayEquals(byteArrayOf(4, 5), left())
    }

    @Test
    fun `without a camera app one that is there already is chosen`() {
        shadowOf(application).checkActivities(true)
        val pictures = ComponentName("pictures", "pictures.All")
        val filter = IntentFilter(Intent.ACTION_GET_CONTENT).apply {
            addCategory(Intent.CATEGORY_OPENABLE)
            addCategory(Intent.CATEGORY_DEFAULT)
            addDataType("image/*")
        }
        shadowOf(application.packageManager).run {
            addActivityIfNotPresent(pictures)
            addIntentFilterForActivity(pictures, filter)
        }
        val asked = ask()
        assertEquals(Intent.ACTION_GET_CONTENT, asked.action)
        val chosen = Uri.parse("content://pictures/7")
        end(asked, Activity.RESULT_OK, Intent().setData(chosen))
        assertEquals(listOf(chosen), answers)
    }

    @Test
    fun `who takes none may ask again`() {
        end(ask(), Activity.RESULT_CANCELED, null)
        assertNull(answers.single())
        ask()
        // The page was shown anew in between: the first question is over.
        ask()
        assertEquals(listOf(null, null), answers)
    }

    @Test
    fun `a phone that has neither camera nor pictures says no`() {
        shadowOf(application).checkActivities(true)
        val client = checkNotNull(shadowOf(page).webChromeClient)
        assertTrue(client.onShowFileChooser(page, { answers.add(it?.single()) }, Asked))
        assertNull(answers.single())
    }
}
