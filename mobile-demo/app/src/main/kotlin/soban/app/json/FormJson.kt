package soban.app.json

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import uniffi.soban_bindings.Checked
import uniffi.soban_bindings.Choice
import uniffi.soban_bindings.FieldDetail
import uniffi.soban_bindings.FieldInput
import uniffi.soban_bindings.FieldReading
import uniffi.soban_bindings.FormDetail
import uniffi.soban_bindings.FormFigures
import uniffi.soban_bindings.FormSummary
import uniffi.soban_bindings.LabelledText
import uniffi.soban_bindings.MovedField
import uniffi.soban_bindings.Reference
import uniffi.soban_bindings.Saved
import uniffi.soban_bindings.Section
import uniffi.soban_bindings.Violation

internal fun FormSummary.toJson() = json(
    "name" to name,
    "label" to label,
    "help" to help,
    "version" to version,
    "parent" to parent,
    "records" to records,
    "thisYear" to thisYear,
    "dueMonth" to dueMonth
)

internal fun FormDetail.toJson(): JsonObject = json(
    "name" to name,
    "label" to label,
    "help" to help,
    "version" to version,
    "occurredOn" to occurredOn,
    "sections" to sections.map { it.toJson() },
    "children" to children.map { it.toJson() }
)

private fun Section.toJson() =
    json("name" to name, "label" to label, "fields" to fields.map { it.toJson() })

private fun FieldDetail.toJson() = json(
    "name" to name,
    "label" to label,
    "ask" to ask,
    "help" to help,
    "kind" to kind,
    "unit" to unit,
    "decimals" to decimals,
    "target" to target,
    "options" to options.map { it.toJson() },
    "required" to required,
    "sensitivity" to sensitivity,
    "group" to group,
    "carried" to carried
)

private fun Choice.toJson() =
    json("name" to name, "label" to label, "from" to validFrom, "to" to validTo)

internal fun Reference.toJson() = json("value" to value, "label" to label, "detail" to detail)

internal fun LabelledText.toJson() = json("label" to label, "text" to text)

internal fun FormFigures.toJson() = json(
    "form" to form,
    "label" to label,
    "records" to records,
    "totals" to totals.map { it.toJson() },
    "months" to months
)

internal fun Checked.toJson() = json(
    "fields" to fields.map { it.toJson() },
    "rows" to rows.map { row -> row.map { it.toJson() } },
    "violations" to violations.map { it.toJson() }
)

private fun FieldReading.toJson() = json(
    "name" to name,
    "shown" to shown,
    "text" to text,
    "words" to words,
    "closed" to closed
)

internal fun Violation.toJson() = json(
    "form" to form,
    "field" to field,
    "row" to row,
    "severity" to severity,
    "vi" to vi,
    "en" to en
)

internal fun MovedField.toJson() =
    json("record" to record, "field" to field, "label" to label, "now" to now)

internal fun Saved.toJson() = json(
    "record" to record,
    "entries" to entries,
    "warnings" to warnings.map { it.toJson() },
    "sameAs" to sameAs
)

internal fun FieldInput.toJson(): JsonElement = when (this) {
    FieldInput.Null -> JsonNull
    is FieldInput.YesNo -> JsonPrimitive(value)
    is FieldInput.Number -> JsonPrimitive(value)
    is FieldInput.Text -> JsonPrimitive(value)
    is FieldInput.Texts -> element(values)
}
