package soban.app.methods

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import soban.app.BadRequest
import soban.app.Host
import soban.app.InPractice
import soban.app.Phones
import soban.app.Settings
import soban.app.json.element
import soban.app.json.json
import soban.app.json.toJson
import soban.app.net.Invitation
import soban.app.sync.Enrolment
import soban.app.sync.Patience
import soban.app.sync.SyncEngine
import uniffi.soban_bindings.Language

/** What the phone says of itself, and what its holder sets. */
internal fun phoneMethods(
    host: Host,
    phones: Phones,
    settings: Settings,
    engine: SyncEngine,
    patience: Patience
): Map<String, Method> {
    val enrolment = Enrolment(host, phones, settings, patience)

    fun status(): JsonObject {
        val status = phones.current { it.status(host.nowMs()) }
        engine.begin { if (phones.inPractice) phones.real { it.status(host.nowMs()) } else status }
        // The address of a code that was refused is nobody's district.
        val server = if (status.device == null) "" else settings.server.orEmpty()
        return status.toJson(server, host.appVersion)
    }

    fun preferences() = json("textSize" to settings.textSize)

    return mapOf(
        "status" to { _ -> status() },
        "enrol" to { of ->
            if (phones.inPractice) throw InPractice()
            enrolment.enrol(of.text("text"), of.textOrNull("server"))
            engine.enrolled()
            status()
        },
        "readLink" to { of ->
            invitation(Invitation.ofLink(of.text("text")))
        },
        "readPhoto" to { of ->
            invitation(Invitation.ofPhoto(of.photo()))
        },
        "setLanguage" to { of ->
            val language = language(of.text("language"))
            phones.real { it.setLanguage(language) }
            phones.current { it.setLanguage(language) }
            status()
        },
        "setPractice" to { of ->
            phones.setPractice(of.flag("on"))
            status()
        },
        "preferences" to { _ -> preferences() },
        "setPreferences" to { of ->
            val textSize = of.number("textSize")
            if (textSize !in
                Settings.TEXT_SIZES.map(Int::toLong)
            ) {
                throw BadRequest("textSize does not read")
            }
            settings.textSize = textSize.toInt()
            preferences()
        }
    )
}

private fun invitation(found: Invitation?): JsonElement =
    element(found?.run { json("code" to code, "server" to server) })

internal fun language(name: String): Language = when (name) {
    "vi" -> Language.VI
    "en" -> Language.EN
    else -> throw BadRequest("language does not read")
}
