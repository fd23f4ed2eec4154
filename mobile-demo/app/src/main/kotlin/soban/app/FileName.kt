package soban.app

import java.text.Normalizer
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter

private const val LONGEST = 60
private val MARKS = Regex("\\p{M}+")
private val ODD = Regex("[^A-Za-z0-9]+")
private val MINUTE: DateTimeFormatter =
    DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.ofHours(7))

/**
 * A name for a file that any platform and any app takes: `Bien-ban-hop-20121120-1930.html` of
 * "Biên bản họp". Files of another minute are other files.
 */
internal fun fileName(title: String, atMs: Long, ending: String): String {
    val plain = Normalizer.normalize(title, Normalizer.Form.NFD).replace(MARKS, "")
    val words = plain.replace('đ', 'd').replace('Đ', 'D').replace(ODD, "-")
    val start = words.take(LONGEST).trim('-').ifEmpty { "soban" }
    return "$start-${MINUTE.format(Instant.ofEpochMilli(atMs))}.$ending"
}
