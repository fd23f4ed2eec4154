package soban.android

import android.content.Intent
import android.content.pm.ApplicationInfo
import android.content.pm.PackageManager
import android.net.Uri
import android.os.Bundle
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import soban.app.testing.TestPhone
import soban.app.testing.number
import soban.app.testing.text

class PhoneActivityTest : ShellTest() {
    @Test
    fun `it shows the page, which has the bridge and no other way out`() {
        assertEquals("https://soban.invalid/", shadowOf(page).lastLoadedUrl)
        assertTrue(page.settings.javaScriptEnabled)
        assertTrue(page.settings.blockNetworkLoads)
        assertFalse(page.settings.allowFileAccess)
        assertFalse(page.settings.allowContentAccess)
        assertEquals(JsonNull, call("status").jsonObject["device"])
        assertEquals("request", ask("nothing").getValue("error").text("kind"))
    }

    @Test
    fun `Vietnamese comes through the bridge as it is`() {
        val draft = """{"id":null,"form":"meeting","body":"nháp </script> \u2028 \" \\ 😀"}"""
        call("saveDraft", draft)
        val body = call("drafts").jsonArray.single().text("body")
        assertEquals("nháp </script> \u2028 \" \\ 😀", body)
    }

    @Test
    fun `a record is made and sent on Android's side as anywhere`() {
        enrol()
        call("save", TestPhone.gift("ông Lục Thượng Cường", "5.200 m²"))
        assertEquals(1, records())
        assertEquals(1, call("sync").number("sent"))
    }

    @Test
    fun `turned over in mid-form, nothing is lost`() {
        enrol()
        call("saveDraft", """{"id":null,"form":"meeting","body":"nháp đầu"}""")
        page.loadUrl("https://soban.invalid/#/fill/meeting")
        shown.recreate()
        assertEquals("https://soban.invalid/#/fill/meeting", page.url)
        assertEquals("nháp đầu", call("drafts").jsonArray.single().text("body"))
    }

    @Test
    fun `ended by the system in mid-form, the holder is back where he was`() {
        enrol()
        call("saveDraft", """{"id":null,"form":"meeting","body":"nháp đầu"}""")
        page.loadUrl("https://soban.invalid/#/fill/meeting")
        killAndRestore()
        assertEquals("https://soban.invalid/#/fill/meeting", page.url)
        assertEquals("nháp đầu", call("drafts").jsonArray.single().text("body"))
        assertFalse(call("status").jsonObject["device"] == JsonNull)
    }

    @Test
    fun `and so are the pages that he came through`() {
        shadowOf(page).pushEntryToHistory("https://soban.invalid/")
        shadowOf(page).pushEntryToHistory("https://soban.invalid/#/list")
        killAndRestore()
        assertEquals("https://soban.invalid/#/list", page.copyBackForwardList().currentItem?.url)
        assertTrue(page.canGoBack())
    }

    @Test
    fun `an answer that comes after the screen has gone is dropped`() {
        val host = shadowOf(page).getJavascriptInterface("sobanHost") as HostObject
        shown.pause().stop().destroy()
        host.call("late", "status", "{}")
        shadowOf(android.os.Looper.getMainLooper()).idle()
    }

    @Test
    fun `back goes through the page's history, and then out`() {
        shadowOf(page).pushEntryToHistory("https://soban.invalid/")
        shadowOf(page).pushEntryToHistory("https://soban.invalid/#/list")
        back()
        assertEquals(1, shadowOf(page).goBackInvocations)
        assertFalse(shown.get().isFinishing)
        while (page.canGoBack()) page.goBack()
        back()
        assertTrue(shown.get().isFinishing)
    }

    @Suppress("DEPRECATION")
    private fun back() = shown.get().onBackPressed()

    private fun link(flags: Int = 0) = Intent(Intent.ACTION_VIEW, Uri.parse(LINK))
        .addCategory(Intent.CATEGORY_BROWSABLE)
        .addFlags(flags)

    private fun startWith(intent: Intent, state: Bundle? = null) {
        val built = Robolectric.buildActivity(PhoneActivity::class.java, intent)
        shown = if (state == null) built.setup() else built.setup(state)
    }

    @Test
    fun `a link of the district's page is one that this app opens`() {
        fun openedBy(text: String) = application.packageManager.queryIntentActivities(
            Intent(Intent.ACTION_VIEW, Uri.parse(text)).addCategory(Intent.CATEGORY_BROWSABLE),
            PackageManager.MATCH_DEFAULT_ONLY
        ).map { it.activityInfo.name }
        assertEquals(listOf(PhoneActivity::class.java.name), openedBy(LINK))
        assertEquals(emptyList<String>(), openedBy("soban://other?code=ABCDE"))
        assertEquals(emptyList<String>(), openedBy("https://a.vn/enrol#ABCDE"))
    }

    @Test
    fun `a link that names the app is this app's, and reads as any other`() {
        val text = LINK.replaceFirst("soban:", "intent:") +
            "#Intent;scheme=soban;package=soban.android;S.browser_fallback_url=https%3A%2F%2Fa.vn;end"
        val intent = Intent.parseUri(text, Intent.URI_INTENT_SCHEME)
        assertEquals(application.packageName, intent.`package`)
        startWith(intent)
        assertEquals(LINKED, shadowOf(page).lastLoadedUrl)
    }

    @Test
    fun `a link starts the app where the holder is asked, and nothing is sent`() {
        startWith(link())
        assertEquals(LINKED, shadowOf(page).lastLoadedUrl)
        assertEquals(JsonNull, call("status").jsonObject["device"])
        val read = call("readLink", """{"text":"$LINK"}""")
        assertEquals("https://a.vn" to "ABCDE", read.text("server") to read.text("code"))
    }

    @Test
    fun `a link that comes while the app is open is one step away from where the holder was`() {
        page.loadUrl("https://soban.invalid/#/fill/meeting")
        shown.newIntent(link())
        assertEquals(LINKED, page.url)
        shown.newIntent(Intent(Intent.ACTION_MAIN))
        assertEquals(LINKED, page.url)
    }

    @Test
    fun `an old link does not come back by itself`() {
        startWith(link(Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY))
        assertEquals("https://soban.invalid/", shadowOf(page).lastLoadedUrl)
        startWith(link(), Bundle().apply { putString("address", "https://soban.invalid/#/list") })
        assertEquals("https://soban.invalid/#/list", page.url)
    }

    @Test
    fun `a link gets no further than behind the address of the page`() {
        val odd = Uri.parse("soban://enrol?x=\"#/../<script>&y=%2F/#/a")
        startWith(Intent(Intent.ACTION_VIEW, odd))
        val url = checkNotNull(shadowOf(page).lastLoadedUrl)
        assertTrue(url, url.startsWith("https://soban.invalid/#/enrol/soban%3A%2F%2Fenrol%3Fx"))
        assertEquals(url, 3, url.removePrefix("https://soban.invalid").count { it == '/' })
        startWith(Intent(Intent.ACTION_VIEW, Uri.parse("javascript:alert(1)")))
        assertEquals("https://soban.invalid/", shadowOf(page).lastLoadedUrl)
    }

    @Test
    fun `a file for support goes to whatever shares texts`() {
        val name = call("exportForSupport").text("name")
        val chooser = shadowOf(application).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        @Suppress("DEPRECATION")
        val send = chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)
        assertEquals(name, send?.getStringExtra(Intent.EXTRA_SUBJECT))
        val text = send?.getStringExtra(Intent.EXTRA_TEXT).orEmpty()
        assertTrue(text, "seal: new" in text && "not enrolled" in text)
    }

    @Test
    fun `it is backed up nowhere`() {
        val flags = application.applicationInfo.flags
        assertEquals(0, flags and ApplicationInfo.FLAG_ALLOW_BACKUP)
        assertEquals("Sổ Bản", application.getString(application.applicationInfo.labelRes))
    }

    @Test
    fun `the package's version is what the phone says of itself`() {
        val version = call("status").jsonObject.getValue("appVersion").jsonPrimitive.content
        assertEquals("android 0.1.0", version)
    }

    private companion object {
        const val LINK = "soban://enrol?server=https%3A%2F%2Fa.vn&code=ABCDE"
        const val LINKED = "https://soban.invalid/#/enrol/" +
            "soban%3A%2F%2Fenrol%3Fserver%3Dhttps%253A%252F%252Fa.vn%26code%3DABCDE"
    }
}
