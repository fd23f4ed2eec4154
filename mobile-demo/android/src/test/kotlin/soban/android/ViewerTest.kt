package soban.android

import android.content.Context
import android.content.Intent
import android.content.pm.PackageInfo
import android.os.Bundle
import android.util.AndroidRuntimeException
import android.view.ViewGroup
import android.webkit.WebSettings
import android.webkit.WebView
import android.widget.Button
import android.widget.ScrollView
import android.widget.TextView
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowWebSettings
import org.robolectric.shadows.ShadowWebView
import java.io.File

class ViewerTest : ShellTest() {
    @After
    fun forget() {
        ShadowWebSettings.reset()
        ShadowWebView.setCurrentWebViewPackage(null)
    }

    private fun startOn(userAgent: String) {
        ShadowWebSettings.setDefaultUserAgent(userAgent)
        shown = Robolectric.buildActivity(PhoneActivity::class.java).setup()
    }

    private val content get() =
        shown.get().findViewById<ViewGroup>(android.R.id.content).getChildAt(0)

    private fun lines(): List<TextView> {
        val column = (content as ScrollView).getChildAt(0) as ViewGroup
        return (0 until column.childCount).map { column.getChildAt(it) as TextView }
    }

    private fun words() = lines().joinToString("\n") { it.text }

    @Test
    fun `one is new enough by the Chromium that it says it is`() {
        assertTrue(Viewer.isNewEnough(agent(87)))
        assertTrue(Viewer.isNewEnough(agent(134)))
        assertFalse(Viewer.isNewEnough(agent(86)))
        assertFalse(Viewer.isNewEnough(agent(9)))
        // What says nothing is tried.
        assertTrue(Viewer.isNewEnough("Mozilla/5.0 (Linux; Android 14)"))
    }

    @Test
    fun `the page is built for the oldest that is let in`() {
        val config = File("../ui/vite.config.ts").readText()
        assertTrue(config, "target: 'chrome${Viewer.OLDEST}'" in config)
    }

    @Test
    fun `a phone that cannot show the page says what to do, and that nothing is lost`() {
        startOn(agent(61))
        assertTrue(words(), "Sổ vẫn còn nguyên trong máy" in words())
        assertTrue(words(), "tìm “Android System WebView”, bấm “Cập nhật”" in words())
        assertTrue(words(), "nothing is lost" in words())
        shown.saveInstanceState(Bundle()).pause().stop().destroy()
    }

    @Test
    @Config(shadows = [NoViewer::class])
    fun `and so does one that has nothing to show pages with`() {
        assertTrue(words(), "Sổ vẫn còn nguyên trong máy" in words())
        @Suppress("DEPRECATION")
        shown.get().onBackPressed()
        assertTrue(shown.get().isFinishing)
    }

    @Test
    fun `its button opens the store where that very package is`() {
        ShadowWebView.setCurrentWebViewPackage(
            PackageInfo().apply { packageName = "com.android.chrome" }
        )
        startOn(agent(61))
        lines().first { it is Button }.performClick()
        val store: Intent = shadowOf(application).nextStartedActivity
        assertEquals("market://details?id=com.android.chrome", store.dataString)
    }

    @Test
    fun `where there is no store, the button says whom to ask`() {
        shadowOf(application).checkActivities(true)
        startOn(agent(61))
        val button = lines().first { it is Button }
        button.performClick()
        assertTrue(words(), "không có CH Play, hãy hỏi huyện" in words())
        assertFalse(button.isEnabled)
    }

    @Test
    fun `after the update the page is there, where the holder was`() {
        startOn(agent(61))
        shown.pause().stop()
        ShadowWebSettings.setDefaultUserAgent(agent(120))
        shown.restart().start().resume()
        shadowOf(android.os.Looper.getMainLooper()).idle()
        assertTrue(content.toString(), content is WebView)
        assertEquals("https://soban.invalid/", shadowOf(page).lastLoadedUrl)
    }

    private fun agent(version: Int) = "Mozilla/5.0 (Linux; Android 8.1.0; wv) " +
        "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/$version.0.1.2 Mobile Safari/537.36"

    /** What Android does while its WebView is missing or being replaced. */
    @Implements(WebSettings::class)
    class NoViewer {
        companion object {
            @JvmStatic
            @Implementation
            @Suppress("UNUSED_PARAMETER")
            fun getDefaultUserAgent(context: Context): String =
                throw AndroidRuntimeException("no WebView")
        }
    }
}
