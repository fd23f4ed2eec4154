package soban.app.json

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

// The names of `contract.ts`, without a compiler plugin: what is not written here does not travel.

internal fun json(vararg pairs: Pair<String, Any?>): JsonObject =
    JsonObject(pairs.associate { (name, value) -> name to element(value) })

internal fun element(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is JsonElement -> value
    is Boolean -> JsonPrimitive(value)
    is UInt -> JsonPrimitive(value.toLong())
    is UByte -> JsonPrimitive(value.toInt())
    is Number -> JsonPrimitive(value)
    is String -> JsonPrimitive(value)
    is Enum<*> -> JsonPrimitive(camelCase(value.name))
    is List<*> -> JsonArray(value.map(::element))
    else -> error("${value.javaClass.simpleName} has no JSON")
}

/** `LONG_TEXT` as `longText`. */
internal fun camelCase(constant: String): String {
    val words = constant.lowercase().split('_')
    return words.first() + words.drop(1).joinToString("") { it.replaceFirstChar(Char::uppercase) }
}
