package soban.android

import android.content.Intent
import android.content.pm.ApplicationInfo
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
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
}
