package soban.app.json

import kotlinx.serialization.json.JsonObject
import soban.app.BadRequest
import soban.app.Failed
import soban.app.InPractice
import uniffi.soban_bindings.MovedField
import uniffi.soban_bindings.PhoneException
import uniffi.soban_bindings.Violation

/** What the screens are told of a call that failed. */
internal fun failureJson(failure: Throwable): JsonObject = json("error" to bridgeFailure(failure))

private fun bridgeFailure(failure: Throwable): JsonObject = when (failure) {
    is PhoneException -> phoneFailure(failure)

    is Failed -> json("kind" to "failed", "failure" to failure.failure)

    is BadRequest -> of("request", failure.detail)

    is InPractice -> of("practice")

    // A panic in the core, a mistake in the app: the call did nothing, and the file is whole.
    else -> of("internal", failure.javaClass.name)
}

private fun phoneFailure(failure: PhoneException): JsonObject = when (failure) {
    is PhoneException.Violations ->
        json("kind" to "violations", "violations" to failure.violations.map { it.toJson() })

    is PhoneException.Moved -> json(
        "kind" to "moved",
        "fields" to failure.fields.map { it.toJson() }
    )

    is PhoneException.NotEnrolled -> of("notEnrolled")

    is PhoneException.AlreadyEnrolled -> of("alreadyEnrolled")

    is PhoneException.UnknownForm -> of("unknownForm", failure.name)

    is PhoneException.UnknownRecord -> of("unknownRecord", failure.id)

    is PhoneException.OtherUnit -> of("otherUnit")

    is PhoneException.ReasonNeeded -> of("reasonNeeded")

    is PhoneException.RecordVoid -> of("recordVoid")

    is PhoneException.TooLarge -> of("tooLarge")

    is PhoneException.BadState -> of("badState")

    is PhoneException.Full -> of("full")

    is PhoneException.File -> of("file", failure.what)

    is PhoneException.InUse -> of("inUse")

    is PhoneException.Newer -> of("newer")

    is PhoneException.Unreadable -> of("unreadable", failure.path)

    is PhoneException.Practice -> of("practice")

    is PhoneException.BadDate -> of("request", "a date does not read")

    // Enrolment and sync say this in their own way; nothing else reads answers.
    is PhoneException.BadAnswer -> json("kind" to "failed", "failure" to "badAnswer")
}

private fun of(kind: String, detail: String? = null): JsonObject =
    if (detail == null) json("kind" to kind) else json("kind" to kind, "detail" to detail)
