package soban.desk

import soban.app.PhoneApp
import java.io.File
import java.time.Year
import java.time.ZoneOffset
import java.util.Locale

/** How long the first phone's app takes to start, without the machine it runs on. */
internal object StartTime {
    private const val NANOS_PER_MS = 1e6

    /** What the first page asks, in ui/src/screens/home. */
    private val HOME = listOf(
        "status" to "{}",
        "forms" to "{}",
        "drafts" to "{}",
        "figures" to """{"year":${Year.now(ZoneOffset.ofHours(7))}}""",
        "decisions" to """{"unread":true}"""
    )

    /** Milliseconds from [begun], the program's beginning, until its first page has all it asks. */
    fun measure(options: Options, begun: Long = System.nanoTime()): String {
        val timer = DeskTimer(byHand = true)
        PhoneApp(DeskHost(File(options.data, "phone-1"), options, timer)).use { app ->
            for ((method, argument) in HOME) {
                val answer = app.bridge.call(method, argument)
                check("\"error\"" !in answer) { "$method: $answer" }
            }
            val nanos = System.nanoTime() - begun
            timer.close()
            return String.format(Locale.ROOT, "%.2f", nanos / NANOS_PER_MS)
        }
    }
}
