package soban.desk

import soban.app.net.Address
import java.io.File
import java.time.Instant
import java.time.format.DateTimeParseException

internal class WrongOption(message: String) : Exception(message)

/** What was asked for at the start. */
internal class Options(
    val page: File,
    val data: File,
    /** The first phone's; 0 for any that is free. */
    val port: Int,
    val phones: Int,
    val server: String?,
    /** Nothing is sent unless the holder asks. */
    val byHand: Boolean,
    /** So long a district may be silent. */
    val silenceMs: Int,
    /** How far the phones' clocks are ahead of this machine's. */
    val aheadMs: Long,
    /** Only how long the app takes to start. */
    val timeStart: Boolean,
    /** Only what every start does, for the machine to remember. */
    val rehearse: Boolean
) {
    companion object {
        const val USAGE = """desk: the phone on a desk
  --page DIR      the built screens
  --data DIR      where the phones' files are (soban-desk)
  --port PORT     the first phone's, 0 for any (8331)
  --phones N      how many (1)
  --server URL    the district of a code that is typed without an address
  --by-hand       nothing is sent unless the holder asks
  --silence MS    how long a district may be silent (30000)
  --now INSTANT   what the phones take the time for at the start: 2026-11-20T12:30:00Z
  --time-start    prints how many milliseconds the app takes until its first page has all it asks
  --rehearse      starts and ends, for desk/start to note which classes that takes"""

        private const val LAST_PORT = 65_535
        private const val MOST_PHONES = 9

        fun read(arguments: List<String>): Options {
            val named = HashMap<String, String>()
            val set = HashSet<String>()
            val left = ArrayDeque(arguments)
            while (left.isNotEmpty()) {
                when (val name = left.removeFirst()) {
                    "--by-hand", "--time-start", "--rehearse" -> set += name

                    "--page", "--data", "--port", "--phones", "--server", "--silence", "--now" ->
                        named[name] = left.removeFirstOrNull() ?: wrong("$name wants a value")

                    else -> wrong("there is no $name")
                }
            }
            fun number(name: String, usual: Int, range: IntRange): Int {
                val number = named[name]?.let { it.toIntOrNull() ?: wrong("$name is no number") }
                return (number ?: usual).also { if (it !in range) wrong("$name is not in $range") }
            }
            val now = named["--now"]?.let {
                try {
                    Instant.parse(it).toEpochMilli()
                } catch (_: DateTimeParseException) {
                    wrong("--now is no instant")
                }
            }
            return Options(
                page = File(named["--page"] ?: wrong("--page is needed")),
                data = File(named["--data"] ?: "soban-desk"),
                port = number("--port", usual = 8331, range = 0..LAST_PORT),
                phones = number("--phones", usual = 1, range = 1..MOST_PHONES),
                server = named["--server"]?.let { Address.read(it) ?: wrong("--server is none") },
                byHand = "--by-hand" in set,
                silenceMs = number("--silence", usual = 30_000, range = 1..600_000),
                aheadMs = if (now == null) 0 else now - System.currentTimeMillis(),
                timeStart = "--time-start" in set,
                rehearse = "--rehearse" in set
            )
        }

        private fun wrong(what: String): Nothing = throw WrongOption(what)
    }
}
