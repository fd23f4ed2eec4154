package soban.app

import uniffi.soban_bindings.LogLevel
import uniffi.soban_bindings.LogSink
import java.time.Instant

/** The last lines of what the phone did, in memory alone. No line holds what people wrote. */
internal class RingLog(private val host: Host) : LogSink {
    private val lines = ArrayDeque<Line>()

    fun add(text: String) {
        val line = Line(host.nowMs(), text)
        synchronized(lines) {
            if (lines.size == MOST_LINES) lines.removeFirst()
            lines.addLast(line)
        }
    }

    fun lines(): List<String> = synchronized(lines) { lines.toList() }.map { it.toString() }

    // The bindings' messages are written for this: names of calls and kinds of failures. The
    // values that some failures carry stay out.
    override fun log(level: LogLevel, message: String) =
        add("$level ${message.withoutValue().take(LONGEST_LINE)}")

    private fun String.withoutValue(): String {
        val before = BEFORE_VALUES.firstOrNull { it in this } ?: return this
        return substringBefore(before) + before + "…"
    }

    /** Its time is spelled when somebody reads it: an app that starts need not load calendars. */
    private class Line(val atMs: Long, val text: String) {
        override fun toString() = "${Instant.ofEpochMilli(atMs)} $text"
    }

    private companion object {
        const val MOST_LINES = 400
        const val LONGEST_LINE = 200
        val BEFORE_VALUES =
            listOf("there is no such form: ", "there is no such record: ", "that is no date: ")
    }
}
