package soban.app.sync

import java.util.Random

/** How long the app goes on where the way is bad. */
class Patience(
    /** Pauses after requests in a row that did not return; after the last of them one gives up. */
    internal val pausesMs: List<Long> = listOf(500, 1_000, 2_000, 4_000),
    /** Nothing that the district asks to wait for is longer within one sync. */
    internal val longestPauseMs: Long = 10_000,
    /** So long after the last answer no further request is begun. */
    internal val longestSilenceMs: Long = 60_000,
    /** Records that are saved within this time go together. */
    internal val gatherMs: Long = 120_000,
    /** After this the district is asked although there is nothing to send. */
    internal val longestUnheardMs: Long = 24 * 60 * 60_000L,
    /** After the first failed sync; twice as long after each further one. */
    internal val firstBackOffMs: Long = 60_000,
    internal val longestBackOffMs: Long = 6 * 60 * 60_000L
) {
    /** When to try again after so many failed syncs. Villages must not come back all at once. */
    internal fun backOffMs(failures: Int, random: Random): Long {
        val doublings = (failures - 1).coerceIn(0, MOST_DOUBLINGS)
        val whole = (firstBackOffMs shl doublings).coerceAtMost(longestBackOffMs)
        return jittered(whole, random)
    }

    internal fun jittered(ms: Long, random: Random): Long =
        ms / 2 + (ms * random.nextDouble()).toLong()

    private companion object {
        const val MOST_DOUBLINGS = 20
    }
}
