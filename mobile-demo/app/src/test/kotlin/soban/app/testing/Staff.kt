package soban.app.testing

import java.net.CookieHandler
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

/** The district's administrator at the console, with what a browser does of itself. */
class Staff(private val district: TestDistrict) {
    private val browser = HttpClient.newBuilder()
        .cookieHandler(Cookies())
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()

    init {
        val (first, own) = district.password to "mật khẩu dài của tôi"
        submit("/login", "/login", "login" to "admin", "password" to first)
        submit("/password", "/password", "old" to first, "new" to own, "again" to own)
    }

    /** Settles what is contested for the side that says [value]. */
    fun decide(value: String, reason: String) {
        val link = Regex("href=\"(/contests/[^\"]+)\"")
        waitUntil("there is something to decide") { link.containsMatchIn(get("/contests")) }
        val path = checkNotNull(link.find(get("/contests"))).groupValues[1]
        val sides = Regex("name=\"take\" value=\"([^\"]+)\"[^>]*><span>([^<]+)").findAll(get(path))
        val taken = sides.first { value in it.groupValues[2] }.groupValues[1]
        submit(path, "$path/decide", "take" to taken, "reason" to reason)
    }

    private fun get(path: String): String = send(HttpRequest.newBuilder(address(path)))

    /** Fills in the form that is on [page], which has hidden fields of its own. */
    private fun submit(page: String, action: String, vararg typed: Pair<String, String>) {
        val hidden = Regex("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
        val own = hidden.findAll(get(page).substringAfter("action=\"$action\""))
            .map { it.groupValues[1] to it.groupValues[2] }
        // Every page ends with forms of its frame.
        val form = own.distinctBy { it.first }.toMap() + typed
        val body = form.entries.joinToString("&") { (name, value) -> "$name=${encoded(value)}" }
        send(
            HttpRequest.newBuilder(address(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
        )
    }

    private fun send(request: HttpRequest.Builder): String {
        val answer = browser.send(request.build(), BodyHandlers.ofString())
        check(answer.statusCode() == OK) { "${answer.request().uri()}: ${answer.body()}" }
        return answer.body()
    }

    private fun address(path: String) = URI("${district.address}$path")

    private fun encoded(value: String) = URLEncoder.encode(value, Charsets.UTF_8)

    /** Java's own manager sends them in a form that browsers have left behind. */
    private class Cookies : CookieHandler() {
        private val kept = HashMap<String, String>()

        @Synchronized
        override fun put(uri: URI, headers: Map<String, List<String>>) {
            for (line in headers["set-cookie"].orEmpty()) {
                val (name, value) = line.substringBefore(';').split('=', limit = 2)
                kept[name] = value
            }
        }

        @Synchronized
        override fun get(uri: URI, headers: Map<String, List<String>>): Map<String, List<String>> {
            val pairs = kept.entries.joinToString("; ") { (name, value) -> "$name=$value" }
            return if (kept.isEmpty()) emptyMap() else mapOf("Cookie" to listOf(pairs))
        }
    }

    private companion object {
        const val OK = 200
    }
}
