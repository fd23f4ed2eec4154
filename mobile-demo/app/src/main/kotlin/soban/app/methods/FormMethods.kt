package soban.app.methods

import kotlinx.serialization.json.JsonNull
import soban.app.Host
import soban.app.Phones
import soban.app.json.Argument
import soban.app.json.element
import soban.app.json.toJson
import soban.app.sync.SyncEngine
import uniffi.soban_bindings.Draft
import uniffi.soban_bindings.Filled
import uniffi.soban_bindings.FormSummary
import uniffi.soban_bindings.NewRecord
import uniffi.soban_bindings.Phone
import uniffi.soban_bindings.RecordPatch
import uniffi.soban_bindings.Reference
import uniffi.soban_bindings.Row
import uniffi.soban_bindings.RowPatch
import uniffi.soban_bindings.Saved

/** Forms, and what is filled into them. */
internal fun formMethods(host: Host, phones: Phones, engine: SyncEngine): Map<String, Method> {
    fun write(job: (Phone) -> Saved) = phones.current(job).also {
        if (it.entries > 0u && !phones.inPractice) engine.somethingNew()
    }.toJson()

    return mapOf(
        "forms" to { _ ->
            val forms = phones.current { it.forms(host.nowMs()) }
            element(forms.map { it.toJson() })
        },
        "form" to { of -> phones.current { it.form(of.text("name")) }.toJson() },
        "check" to { of ->
            val filled = Filled(of.text("form"), of.values("fields"), rows(of, "rows"))
            phones.current { it.check(filled, host.nowMs()) }.toJson()
        },
        "references" to { of ->
            val (form, field, words) = Triple(of.text("form"), of.text("field"), of.text("words"))
            val found = phones.current { it.references(form, field, words, host.nowMs()) }
            element(found.map { it.toJson() })
        },
        "save" to { of -> newRecord(of).let { new -> write { it.save(new, host.nowMs()) } } },
        "edit" to { of -> patch(of).let { patch -> write { it.edit(patch, host.nowMs()) } } },
        "voidRecord" to { of ->
            val (record, seen) = of.text("record") to of.text("openedAt")
            val reason = of.text("reason")
            write { it.voidRecord(record, seen, reason, host.nowMs()) }
        },
        "drafts" to { _ -> element(phones.current { it.drafts() }.map { it.toJson() }) },
        "saveDraft" to { of ->
            val (form, body) = of.text("form") to of.text("body")
            val id = of.numberOrNull("id")
            element(phones.current { it.saveDraft(id, form, body, host.nowMs()) })
        },
        "discardDraft" to { of ->
            phones.current { it.discardDraft(of.number("id")) }
            JsonNull
        }
    )
}

private fun rows(of: Argument, name: String): List<Row> =
    of.list(name) { Row(it.text("form"), it.values("fields")) }

private fun newRecord(of: Argument) = NewRecord(
    form = of.text("form"),
    orgUnit = null,
    fields = of.values("fields"),
    rows = rows(of, "rows"),
    confirmed = of.flag("confirmed"),
    draft = of.numberOrNull("draft")
)

private fun patch(of: Argument) = RecordPatch(
    record = of.text("record"),
    openedAt = of.text("openedAt"),
    fields = of.values("fields"),
    rows = of.list("rows") { RowPatch(it.text("record"), it.values("fields")) },
    newRows = rows(of, "newRows"),
    confirmed = of.flag("confirmed"),
    draft = of.numberOrNull("draft")
)
