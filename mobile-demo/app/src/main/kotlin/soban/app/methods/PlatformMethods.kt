package soban.app.methods

import kotlinx.serialization.json.JsonNull
import soban.app.Host
import soban.app.Phones
import soban.app.RingLog
import soban.app.Settings
import soban.app.fileName
import soban.app.json.json
import soban.app.sync.SyncEngine
import java.time.Instant

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
    ) + phones.real { it.supportReport() } + log.lines()

    fun handOut(name: String, text: String) = json("name" to name).also { host.handOut(name, text) }

    return mapOf(
        "exportForSupport" to { _ ->
            handOut(fileName("soban", host.nowMs(), "txt"), lines().joinToString("\n") + "\n")
        },
        "share" to { of ->
            handOut(fileName(of.text("title"), host.nowMs(), "html"), of.text("page"))
        },
        "print" to { of ->
            host.print(of.text("title"))
            JsonNull
        }
    )
}
