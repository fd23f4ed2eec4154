package soban.app.methods

import kotlinx.serialization.json.JsonNull
import soban.app.Host
import soban.app.Phones
import soban.app.RingLog
import soban.app.Settings
import soban.app.json.json
import soban.app.sync.SyncEngine
import uniffi.soban_bindings.Phone
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter

private val FILE_TIME: DateTimeFormatter =
    DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.ofHours(7))

/** What the platform does for the screens. */
internal fun platformMethods(
    host: Host,
    phones: Phones,
    settings: Settings,
    engine: SyncEngine,
    log: RingLog
): Map<String, Method> {
    fun lines(): List<String> = listOf(
        "So Ban ${host.appVersion}, ${Instant.ofEpochMilli(host.nowMs())}",
        "network ${host.network()}, free ${host.freeBytes() ?: "unknown"}",
        "district ${settings.server ?: "none"}",
        "sync ${engine.state()}, last ${engine.last}"
    ) + phones.real(Phone::supportReport) + log.lines()

    return mapOf(
        "exportForSupport" to { _ ->
            val name = "soban-${FILE_TIME.format(Instant.ofEpochMilli(host.nowMs()))}.txt"
            host.handOut(name, lines().joinToString("\n", postfix = "\n").toByteArray())
            json("name" to name)
        },
        "print" to { of ->
            host.print(of.text("title"))
            JsonNull
        }
    )
}
