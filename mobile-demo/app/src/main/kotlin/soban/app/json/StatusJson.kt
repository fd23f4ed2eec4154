package soban.app.json

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.longOrNull
import soban.app.Failure
import soban.app.sync.SyncReport
import soban.app.sync.SyncState
import uniffi.soban_bindings.Status

internal fun Status.toJson(server: String, appVersion: String) = json(
    "device" to device,
    "orgUnit" to orgUnit,
    "unitName" to unitName,
    "parentName" to parentName,
    "holder" to holder,
    "packVersion" to packVersion,
    "unsent" to unsent,
    "oldestUnsentAt" to oldestUnsentAt,
    "refused" to refused,
    "contested" to contested,
    "unread" to unread,
    "syncedAt" to syncedAt,
    "clockOffsetMs" to clockOffsetMs,
    "revoked" to revoked,
    "pending" to pending,
    "setAside" to setAside,
    "practice" to practice,
    "language" to language,
    "server" to server,
    "appVersion" to appVersion,
    "today" to today
)

internal fun SyncState.toJson(last: SyncReport?) = json(
    "running" to running,
    "sent" to sent,
    "toSend" to toSend,
    "received" to received,
    "nextAt" to nextAt,
    "last" to last?.toJson()
)

internal fun SyncReport.toJson() = json(
    "startedAt" to startedAt,
    "endedAt" to endedAt,
    "failure" to failure,
    "sent" to sent,
    "received" to received,
    "refused" to refused,
    "waiting" to waiting,
    "requests" to requests,
    "bytesUp" to bytesUp,
    "bytesDown" to bytesDown
)

/** One that an earlier start kept; null if it does not read. */
internal fun readSyncReport(json: JsonObject): SyncReport? {
    fun long(name: String) = (json[name] as? JsonPrimitive)?.longOrNull
    fun int(name: String) = (json[name] as? JsonPrimitive)?.intOrNull ?: 0
    val failure = (json["failure"] as? JsonPrimitive)?.takeIf { it.isString }?.content
    return SyncReport(
        long("startedAt") ?: return null,
        long("endedAt") ?: return null,
        failure?.let { name -> Failure.entries.find { camelCase(it.name) == name } },
        int("sent"),
        int("received"),
        int("refused"),
        int("waiting"),
        int("requests"),
        long("bytesUp") ?: 0,
        long("bytesDown") ?: 0
    )
}
