package soban.app.net

/** What an enrolment sheet shows: a code, or a QR's text, which is `SERVER_URL/enrol#CODE`. */
class Invitation(val code: String, val server: String?) {
    companion object {
        private const val MARK = "/enrol#"

        /** [server] counts where the text has none. QR codes may be in capitals throughout. */
        fun read(text: String, server: String?): Invitation {
            val at = text.indexOf(MARK, ignoreCase = true)
            if (at < 0) return Invitation(text.trim(), server)
            return Invitation(text.substring(at + MARK.length).trim(), text.substring(0, at))
        }
    }
}
