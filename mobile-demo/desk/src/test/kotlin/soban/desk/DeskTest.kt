package soban.desk

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.testing.TestDistrict
import java.io.File
import java.io.IOException
import java.net.InetAddress
import java.net.NetworkInterface
import java.net.Socket

/** The server is asked as it is on the wire: a client would mend the headers that are at stake. */
class DeskTest {
    @TempDir lateinit var folder: File
    private lateinit var desk: Desk
    private val host get() = desk.origin.removePrefix("http://")

    @BeforeEach
    fun start() {
        File(folder, "page/assets").mkdirs()
        File(folder, "page/index.html").writeText("<!doctype html><title>Sổ Bản</title>")
        File(folder, "page/assets/a.js").writeText("export {}")
        File(folder, "page/notes.txt").writeText("not for pages")
        File(folder, "secret.html").writeText("not inside")
        desk = start(1)
    }

    @AfterEach
    fun end() = desk.close()

    private fun start(number: Int, vararg more: String): Desk {
        val places = listOf("--page", "$folder/page", "--data", "$folder/data", "--port", "0")
        return Desk.start(Options.read(places + more), number)
    }

    private fun ask(
        line: String,
        headers: Map<String, String>,
        body: ByteArray = ByteArray(0)
    ): String = Socket(InetAddress.getByName("127.0.0.1"), host.substringAfter(':').toInt()).use {
        val all = headers + ("Content-Length" to "${body.size}") + ("Connection" to "close")
        val head = all.entries.joinToString("") { (name, value) -> "$name: $value\r\n" }
        it.getOutputStream().write("$line HTTP/1.1\r\n$head\r\n".toByteArray())
        try {
            it.getOutputStream().write(body)
        } catch (_: IOException) {
            // Refused before all of it was read.
        }
        it.getInputStream().readBytes().toString(Charsets.UTF_8)
    }

    private fun statusOf(answer: String) = answer.substringAfter(' ').substringBefore(' ').toInt()

    private fun get(path: String, host: String = this.host) =
        ask("GET $path", mapOf("Host" to host))

    private fun call(
        method: String,
        body: String = "null",
        change: (MutableMap<String, String>) -> Unit = {}
    ): String {
        val headers = mutableMapOf(
            "Host" to host,
            "Origin" to desk.origin,
            "Content-Type" to "application/json",
            Guard.TOKEN to desk.token
        )
        change(headers)
        return ask("POST /bridge/$method", headers, body.toByteArray())
    }

    @Test
    fun `it serves the screens, with headers that let nothing else in`() {
        for (path in listOf("/", "/index.html")) {
            val page = get(path)
            assertEquals(200, statusOf(page))
            assertTrue("Sổ Bản" in page)
            assertTrue("text/html; charset=utf-8" in page)
        }
        assertTrue("text/javascript" in get("/assets/a.js"))
        val head = get("/").lowercase()
        for (header in listOf(
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer"
        )) {
            assertTrue(header in head, "$header in $head")
        }
        assertFalse("unsafe" in head)
        assertFalse(desk.token in get("/"))
    }

    @Test
    fun `nothing but the screens is served`() {
        for (path in listOf(
            "/nothing.html", "/notes.txt", "/assets", "/../secret.html", "/..%2fsecret.html",
            "/assets/../../secret.html", "/%2e%2e/secret.html", "/a%00.html", "//etc/passwd"
        )) {
            assertTrue(statusOf(get(path)) in listOf(400, 404), path)
        }
        assertEquals(405, statusOf(ask("PUT /", mapOf("Host" to host))))
    }

    @Test
    fun `the bridge answers this page with this start's token`() {
        val answer = call("status")
        assertEquals(200, statusOf(answer))
        assertTrue("\"device\":null" in answer, answer)
        assertTrue("\"kind\":\"request\"" in call("nothing"))
        assertTrue("\"kind\":\"request\"" in call("form", "{"))
    }

    @Test
    fun `and nobody else`() {
        val port = host.substringAfter(':')
        for ((status, name, value) in listOf(
            Triple(421, "Host", "localhost:$port"),
            Triple(421, "Host", "soban.example.vn"),
            Triple(421, "Host", "127.0.0.1"),
            Triple(421, "Host", null),
            Triple(403, "Origin", "http://localhost:$port"),
            Triple(403, "Origin", "http://127.0.0.1"),
            Triple(403, "Origin", "https://127.0.0.1:$port"),
            Triple(403, "Origin", "null"),
            Triple(403, "Origin", null),
            Triple(403, Guard.TOKEN, desk.token.dropLast(1)),
            Triple(403, Guard.TOKEN, ""),
            Triple(403, Guard.TOKEN, null),
            Triple(415, "Content-Type", "text/plain"),
            Triple(415, "Content-Type", null)
        )) {
            val answer = call("status") { headers ->
                if (value == null) headers.remove(name) else headers[name] = value
            }
            assertTrue(statusOf(answer) in listOf(status, 400), "$name $value: $answer")
            assertFalse("\"device\"" in answer, "$name $value")
        }
        val simple = ask("GET /bridge/status", mapOf("Host" to host, Guard.TOKEN to desk.token))
        assertEquals(405, statusOf(simple))
        assertEquals(421, statusOf(get("/", "soban.example.vn:$port")))
    }

    @Test
    fun `a body has an end`() {
        val draft = """{"id":null,"form":"meeting","body":"${"a".repeat(900_000)}"}"""
        assertEquals(200, statusOf(call("saveDraft", draft)))
        assertEquals(413, statusOf(call("saveDraft", "a".repeat(1_100_000))))
    }

    @Test
    fun `only this machine reaches it`() {
        val port = host.substringAfter(':').toInt()
        val others = NetworkInterface.getNetworkInterfaces().toList()
            .flatMap { it.inetAddresses.toList() }.filter { !it.isLoopbackAddress }
        for (address in others) {
            assertThrows(IOException::class.java) { Socket(address, port).close() }
        }
    }

    @Test
    fun `every start has a token of its own, and each phone a folder and an address`() {
        start(2).use { second ->
            assertFalse(second.token == desk.token)
            assertFalse(second.origin == desk.origin)
            assertTrue(call("status") { it[Guard.TOKEN] = second.token }.contains(" 403 "))
        }
        assertTrue(File(folder, "data/phone-1").isDirectory)
        assertTrue(File(folder, "data/phone-2").isDirectory)
    }

    @Test
    fun `a phone on a desk enrols and syncs with a district`() {
        TestDistrict(File(folder, "d")).use { district ->
            desk.close()
            desk = start(1, "--server", district.address)
            val enrolled = call("enrol", """{"text":"${district.invite()}","server":null}""")
            assertTrue("Pạc Bo" in enrolled, enrolled)
            assertTrue("\"failure\":null" in call("sync"))
            val name = call("exportForSupport").substringAfter("\"name\":\"").substringBefore('"')
            assertTrue(File(folder, "data/phone-1/handed-out/$name").isFile)
        }
    }

    @Test
    fun `its start is timed with all that the first page asks`() {
        val options = Options.read(listOf("--page", "p", "--data", "$folder/timed", "--time-start"))
        assertTrue(options.timeStart)
        assertTrue(StartTime.measure(options).toDouble() > 0)
        assertFalse(Options.read(listOf("--page", "p")).timeStart)
    }

    @Test
    fun `wrong options are told`() {
        for (options in listOf(
            "",
            "--page",
            "--page p --phones 0",
            "--page p --port x",
            "--page p --server ftp://x",
            "--page p --nothing"
        )) {
            val given = options.split(' ').filter(String::isNotEmpty)
            assertThrows(WrongOption::class.java, { Options.read(given) }, options)
        }
    }
}
