package soban.app.methods

import kotlinx.serialization.json.JsonNull
import soban.app.BadRequest
import soban.app.Phones
import soban.app.json.Argument
import soban.app.json.element
import soban.app.json.toJson
import uniffi.soban_bindings.Decision
import uniffi.soban_bindings.FormFigures
import uniffi.soban_bindings.HistoryStep
import uniffi.soban_bindings.ListItem
import uniffi.soban_bindings.ListQuery
import uniffi.soban_bindings.Refused

private val YEARS = 1L..9999L

/** What the phone holds, and what of it needs the holder. */
internal fun recordMethods(phones: Phones): Map<String, Method> = mapOf(
    "last" to { of -> element(phones.current { it.last(of.text("form")) }?.toJson()) },
    "list" to { of ->
        val query = query(of)
        element(phones.current { it.list(query) }.map { it.toJson() })
    },
    "show" to { of ->
        val (record, language) = of.text("record") to of.textOrNull("language")?.let(::language)
        phones.current {
            if (language == null) it.show(record) else it.showIn(record, language)
        }.toJson()
    },
    "history" to { of ->
        element(phones.current { it.history(of.text("record")) }.map { it.toJson() })
    },
    "figures" to { of ->
        val year = of.number("year")
        if (year !in YEARS) throw BadRequest("year does not read")
        element(phones.current { it.figures(year.toUShort()) }.map { it.toJson() })
    },
    "decisions" to { of ->
        element(phones.current { it.decisions(of.flag("unread")) }.map { it.toJson() })
    },
    "markRead" to { of ->
        phones.current { it.markRead(of.text("decision")) }
        JsonNull
    },
    "refused" to { _ -> element(phones.current { it.refused() }.map { it.toJson() }) }
)

private fun query(of: Argument) = ListQuery(
    form = of.textOrNull("form"),
    firstDay = of.textOrNull("from"),
    lastDay = of.textOrNull("to"),
    words = of.textOrNull("words"),
    contested = of.flagOrNull("contested") ?: false,
    offset = of.countOrNull("offset") ?: 0u,
    limit = of.countOrNull("limit") ?: 0u
)
