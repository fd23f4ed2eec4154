package soban.app.json

import kotlinx.serialization.json.JsonObject
import uniffi.soban_bindings.Contest
import uniffi.soban_bindings.Decision
import uniffi.soban_bindings.Draft
import uniffi.soban_bindings.Field
import uniffi.soban_bindings.HistoryChange
import uniffi.soban_bindings.HistoryStep
import uniffi.soban_bindings.LabelledText
import uniffi.soban_bindings.ListItem
import uniffi.soban_bindings.Record
import uniffi.soban_bindings.Refused
import uniffi.soban_bindings.RefusedRecord
import uniffi.soban_bindings.Side

internal fun Record.toJson(): JsonObject = json(
    "id" to id,
    "form" to form,
    "formLabel" to formLabel,
    "title" to title,
    "state" to state,
    "voidedBecause" to voidedBecause,
    "fields" to fields.map { it.toJson() },
    "rows" to rows.map { it.toJson() },
    "contests" to contests.map { it.toJson() }
)

private fun Field.toJson() = json(
    "name" to name,
    "label" to label,
    "section" to section,
    "text" to text,
    "words" to words,
    "value" to value.toJson(),
    "contested" to contested
)

private fun Contest.toJson() = json(
    "kind" to kind,
    "policy" to policy,
    "fields" to fields,
    "sides" to sides.map { it.toJson() }
)

private fun Side.toJson() = json(
    "entry" to entry,
    "device" to device,
    "author" to author,
    "own" to own,
    "writtenAt" to writtenAt,
    "values" to values.map { it.toJson() }
)

internal fun ListItem.toJson() = json(
    "id" to id,
    "form" to form,
    "title" to title,
    "summary" to summary,
    "occurredOn" to occurredOn,
    "voidedBecause" to voidedBecause,
    "contests" to contests,
    "unsent" to unsent
)

internal fun HistoryStep.toJson() = json(
    "entry" to entry,
    "device" to device,
    "author" to author,
    "own" to own,
    "writtenAt" to writtenAt,
    "changes" to changes.map { it.toJson() },
    "reason" to reason,
    "unseen" to unseen
)

private fun HistoryChange.toJson() = json("field" to field, "saw" to saw, "wrote" to wrote)

internal fun Draft.toJson() = json("id" to id, "form" to form, "savedAt" to savedAt, "body" to body)

internal fun Decision.toJson() = json(
    "id" to id,
    "record" to record,
    "title" to title,
    "ruling" to ruling,
    "other" to other,
    "before" to before.map { it.toJson() },
    "after" to after.map { it.toJson() },
    "reason" to reason,
    "person" to person,
    "decidedAt" to decidedAt,
    "own" to own,
    "read" to read
)

internal fun Refused.toJson() = json(
    "entry" to entry,
    "problem" to problem,
    "writtenAt" to writtenAt,
    "records" to records.map { it.toJson() }
)

private fun RefusedRecord.toJson() = json(
    "form" to form,
    "formLabel" to formLabel,
    "changed" to changed,
    "fields" to fields.map { it.toJson() }
)
