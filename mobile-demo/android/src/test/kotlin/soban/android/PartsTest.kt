package soban.android

import android.net.Uri
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import soban.app.NetworkState
import java.io.FileNotFoundException

class PartsTest : ShellTest() {
    @Test
    fun `the page gets the package's files and nothing else`() {
        val assets = PageAssets(application.assets) { throw FileNotFoundException("no photo") }
        fun status(url: String, method: String = "GET") =
            assets.answer(method, Uri.parse(url)).statusCode
        for (url in listOf("https://soban.invalid/", "https://soban.invalid/index.html")) {
            assertEquals(url, 200, status(url))
        }
        for (url in listOf(
            "https://soban.invalid/nothing.html",
            "https://soban.invalid/photo.jpg",
            "https://soban.invalid/../secret.html",
            "https://soban.invalid/%2e%2e/AndroidManifest.xml",
            "https://soban.invalid:8443/",
            "https://u@soban.invalid/",
            "http://soban.invalid/",
            "https://soban.invalid.example.vn/",
            "https://example.vn/",
            "file:///android_asset/page/index.html",
            "content://soban.android/x",
            "data:text/html,x"
        )) {
            assertEquals(url, 404, status(url))
        }
        assertEquals(404, status("https://soban.invalid/", "POST"))
        val page = assets.answer("GET", Uri.parse("https://soban.invalid/"))
        assertEquals("text/html", page.mimeType)
        val policy = page.responseHeaders.getValue("Content-Security-Policy")
        assertEquals("default-src 'none'", policy.substringBefore(';'))
    }

    @Test
    fun `no text gets out of its quotes`() {
        assertEquals("\"a\\\"b\\\\c\"", quoteScript("a\"b\\c"))
        assertEquals("\"\\u003c/script\\u003e\"", quoteScript("</script>"))
        assertEquals("\"\\u2028\\u2029\\u000a\\u0000\"", quoteScript("\u2028\u2029\n\u0000"))
        assertEquals("\"\\u1ea3n \\ud83d\\ude00 \\ud83d\"", quoteScript("ản 😀 \ud83d"))
    }

    @Test
    fun `what is wrapped here is unwrapped here alone`() {
        val vault = KeystoreVault()
        val secret = byteArrayOf(1, 2, 3)
        val wrapped = vault.wrap(secret)
        assertArrayEquals(secret, vault.unwrap(wrapped))
        assertNull(vault.unwrap(wrapped.copyOf(wrapped.size - 1)))
        assertNull(vault.unwrap(ByteArray(3)))
        FakeKeystore.empty()
        assertNull(vault.unwrap(wrapped))
        vault.wrap(secret)
        assertNull(vault.unwrap(wrapped))
    }

    @Test
    fun `the network is told apart by what it costs`() {
        val net = Net(application)
        assertEquals(NetworkState.METERED, net.state())
        TestNetwork.saveData(true)
        assertEquals(NetworkState.SAVING, net.state())
        TestNetwork.connect(metered = false)
        assertEquals(NetworkState.FREE, net.state())
        TestNetwork.lose()
        assertEquals(NetworkState.NONE, net.state())
    }
}
