package soban.app.methods

import soban.app.InPractice
import soban.app.Phones
import soban.app.json.toJson
import soban.app.sync.SyncEngine

/** The way to the district. */
internal fun syncMethods(phones: Phones, engine: SyncEngine): Map<String, Method> = mapOf(
    "sync" to { _ ->
        if (phones.inPractice) throw InPractice()
        engine.sync().toJson()
    },
    "syncState" to { _ -> engine.state().toJson(engine.last) }
)
