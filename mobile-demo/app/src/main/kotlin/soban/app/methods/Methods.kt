package soban.app.methods

import kotlinx.serialization.json.JsonElement
import soban.app.Host
import soban.app.Phones
import soban.app.RingLog
import soban.app.Settings
import soban.app.json.Argument
import soban.app.sync.Patience
import soban.app.sync.SyncEngine

/** What a method of the bridge does: its argument in, its answer out, or an exception. */
internal typealias Method = (Argument) -> JsonElement

/** All methods of `contract.ts`, by their names there. */
internal fun allMethods(
    host: Host,
    phones: Phones,
    settings: Settings,
    engine: SyncEngine,
    log: RingLog,
    patience: Patience
): Map<String, Method> = formMethods(host, phones, engine) +
    recordMethods(phones) +
    phoneMethods(host, phones, settings, engine, patience) +
    syncMethods(phones, engine) +
    platformMethods(host, phones, settings, engine, log)
