package soban.android

import android.content.Context
import android.util.AndroidRuntimeException
import android.webkit.WebSettings
import android.webkit.WebView

/** What on this phone shows pages: a package of its own, which is updated by itself or not at all. */
object Viewer {
    /** The Chromium that the page is built for, as `ui/vite.config.ts` says. */
    const val OLDEST = 87

    private const val USUAL = "com.google.android.webview"
    private val CHROMIUM = Regex("\\bChrome/(\\d+)")

    /** False also where there is none, as while it is being updated. */
    fun canShow(context: Context): Boolean = try {
        isNewEnough(WebSettings.getDefaultUserAgent(context))
    } catch (_: AndroidRuntimeException) {
        false
    }

    /** By the name it gives itself, since makers count their packages as they like. */
    fun isNewEnough(userAgent: String): Boolean {
        val version = CHROMIUM.find(userAgent)?.groupValues?.get(1)?.toIntOrNull()
        return version == null || version >= OLDEST
    }

    /** What is to be updated. */
    fun packageName(): String = WebView.getCurrentWebViewPackage()?.packageName ?: USUAL
}
