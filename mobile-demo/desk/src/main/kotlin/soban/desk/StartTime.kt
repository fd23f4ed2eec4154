package soban.desk

import soban.app.PhoneApp
import java.io.File
import java.util.Locale

/** How long the first phone's app takes to start, without the machine it runs on. */
internal object StartTime {
    private const val NANOS_PER_MS = 1e6
    private const val YEAR_MS = 31_556_952_000L

    /** A page knows its year by itself, and the app loads no calendar for it. */
    private val year = 1970 + System.currentTimeMillis() / YEAR_MS

    /** What the first page asks, in ui/src/screens/home. */
    private val HOME = listOf(
        "status" to "{}",
        "forms" to "{}",
        "drafts" to "{}",
        "figures" to """{"year":$year}""",
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
