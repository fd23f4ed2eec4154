package soban.app.net

import java.net.URLDecoder

/**
 * What an enrolment sheet shows: a code, or a QR's text, which is `SERVER_URL/enrol#CODE`. The
 * district's page makes a link of that: `soban://enrol?server=SERVER_URL&code=CODE`.
 */
class Invitation(val code: String, val server: String?) {
    companion object {
        private const val MARK = "/enrol#"
        private const val LINK = "soban://enrol?"
        private const val LONGEST_LINK = 500
        private val CODE = Regex("[0-9A-Za-z-]{1,40}")

        /** [server] counts where the text has none. QR codes may be in capitals throughout. */
        fun read(text: String, server: String?): Invitation {
            val tidy = text.trim()
            if (tidy.startsWith(LINK)) return ofLink(tidy) ?: Invitation("", null)
            val at = tidy.indexOf(MARK, ignoreCase = true)
            if (at < 0) return Invitation(tidy, server)
            return Invitation(tidy.substring(at + MARK.length), tidy.substring(0, at))
        }

        /**
         * A link that anybody may have made: null unless it holds a code that is nothing but a
         * code and an address of a district, which is what the holder is shown.
         */
        fun ofLink(text: String): Invitation? {
            if (!text.startsWith(LINK) || text.length > LONGEST_LINK) return null
            val parts = text.removePrefix(LINK).split('&').map { it.split('=', limit = 2) }
            fun part(name: String) = parts.singleOrNull { it.first() == name }?.getOrNull(1)
            val code = part("code")?.takeIf(CODE::matches)
            val server = part("server")?.let(::decode)?.let(Address::read)
            return if (code == null || server == null) null else Invitation(code, server)
        }

        /** What a photo shows of a sheet; null where it shows none, or none that can be read. */
        fun ofPhoto(photo: GreyPhoto): Invitation? {
            val found = readQr(photo)?.let { read(it, null) } ?: return null
            val server = found.server?.let(Address::read)
            val whole = server != null && CODE.matches(found.code)
            return if (whole) Invitation(found.code, server) else null
        }

        private fun decode(text: String): String? = try {
            URLDecoder.decode(text, "UTF-8")
        } catch (_: IllegalArgumentException) {
            null
        }
    }
}
