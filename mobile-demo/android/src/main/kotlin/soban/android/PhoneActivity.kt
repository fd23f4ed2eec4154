package soban.android

import android.annotation.SuppressLint
import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.print.PrintManager
import android.webkit.RenderProcessGoneDetail
import android.webkit.WebResourceRequest
import android.webkit.WebResourceResponse
import android.webkit.WebView
import android.webkit.WebViewClient

/** The screen: the page and its bridge, and nothing else. */
class PhoneActivity :
    Activity(),
    Screen {
    /** Null where this phone cannot show it. */
    private var page: WebView? = null
    private val photos = Photos(this)
    private val phone get() = application as PhoneApplication

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        if (Viewer.canShow(this)) open(state) else setContentView(outdated(this))
    }

    private fun open(state: Bundle?) {
        val page = WebView(this).also { page = it }
        restrict(page)
        val assets = PageAssets(assets) { SharedFiles.openPhoto(this) }
        page.webViewClient = Client(assets, ::recreate)
        page.webChromeClient = photos
        page.addJavascriptInterface(hostObject(page), "sobanHost")
        setContentView(page)
        if (state == null || page.restoreState(state) == null) page.loadUrl(addressIn(state))
    }

    /** Back from the store, perhaps. */
    override fun onRestart() {
        super.onRestart()
        if (page == null) recreate()
    }

    /** A link, while the app was open: where the holder was is one step back. */
    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        linked(intent)?.let { page?.loadUrl(it) }
    }

    override fun onStart() {
        super.onStart()
        phone.show(this)
    }

    override fun onStop() {
        phone.hide(this)
        super.onStop()
    }

    /** Where the holder was. What was typed is in the phone's drafts already. */
    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        page?.saveState(state)
        state.putString(ADDRESS, page?.url)
    }

    /** A newer WebView may not read what an older one kept. */
    private fun addressIn(state: Bundle?): String {
        val kept = state?.getString(ADDRESS)?.takeIf { PageAssets.isOurs(Uri.parse(it)) }
        return kept ?: (if (state == null) linked(intent) else null) ?: "${PageAssets.ORIGIN}/"
    }

    /** The page that shows what a link says and asks; null without one, or where it is an old one. */
    private fun linked(intent: Intent): String? {
        val again = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
        val link = intent.dataString?.takeIf { intent.scheme == LINK && !again }
        return link?.let { "${PageAssets.ORIGIN}/#/enrol/${Uri.encode(it)}" }
    }

    @Deprecated("The page's history is asked first, also on phones with the newer gesture")
    override fun onBackPressed() {
        val page = page
        @Suppress("DEPRECATION")
        if (page != null && page.canGoBack()) page.goBack() else super.onBackPressed()
    }

    @Deprecated("What took its place is no part of Android itself")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        @Suppress("DEPRECATION")
        super.onActivityResult(request, result, data)
        if (photos.took(request, result, data)) page?.loadUrl(PHOTO)
    }

    override fun onDestroy() {
        page?.removeJavascriptInterface("sobanHost")
        page?.destroy()
        // Made anew, it may still come back with one.
        if (isFinishing) photos.close()
        super.onDestroy()
    }

    override fun print(title: String) = runOnUiThread {
        val page = page
        if (isDestroyed || page == null) return@runOnUiThread
        val manager = getSystemService(PrintManager::class.java)
        manager.print(title, page.createPrintDocumentAdapter(title), null)
    }

    private fun hostObject(page: WebView) = HostObject(
        phone.work,
        ask = { method, json -> phone.phone().bridge.call(method, json) },
        run = { script ->
            runOnUiThread { if (!isDestroyed) page.evaluateJavascript(script, null) }
        }
    )

    @SuppressLint("SetJavaScriptEnabled")
    private fun restrict(page: WebView) = page.settings.run {
        javaScriptEnabled = true
        blockNetworkLoads = true
        allowFileAccess = false
        allowContentAccess = false
        setGeolocationEnabled(false)
        setSupportMultipleWindows(false)
    }

    private class Client(private val assets: PageAssets, private val restart: () -> Unit) :
        WebViewClient() {
        override fun shouldInterceptRequest(
            view: WebView,
            request: WebResourceRequest
        ): WebResourceResponse = assets.answer(request.method, request.url)

        override fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest) =
            !PageAssets.isOurs(request.url)

        /** On a phone of 2 GB the system ends the page's process now and then. */
        override fun onRenderProcessGone(view: WebView, detail: RenderProcessGoneDetail): Boolean {
            restart()
            return true
        }
    }

    private companion object {
        const val ADDRESS = "address"
        const val LINK = "soban"

        /** The page that reads the photo that was taken while there was none. */
        const val PHOTO = "${PageAssets.ORIGIN}/#/enrol/photo"
    }
}
