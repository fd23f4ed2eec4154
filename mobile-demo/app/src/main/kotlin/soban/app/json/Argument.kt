package soban.app.json

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.longOrNull
import soban.app.BadRequest
import soban.app.net.GreyPhoto
import uniffi.soban_bindings.FieldInput
import java.util.Base64

/** An object that the screens sent. Each getter throws [BadRequest] for what does not fit. */
internal class Argument(private val members: JsonObject) {
    fun text(name: String): String = textOrNull(name) ?: wrong(name)

    fun textOrNull(name: String): String? = primitive(name)?.let {
        if (it.isString) it.content else wrong(name)
    }

    fun flag(name: String): Boolean = flagOrNull(name) ?: wrong(name)

    fun flagOrNull(name: String): Boolean? =
        primitive(name)?.let { (if (it.isString) null else it.booleanOrNull) ?: wrong(name) }

    fun number(name: String): Long = numberOrNull(name) ?: wrong(name)

    fun numberOrNull(name: String): Long? = primitive(name)?.let { whole(it) ?: wrong(name) }

    /** A count that fits the bindings' type. */
    fun countOrNull(name: String): UInt? = numberOrNull(name)?.let {
        if (it in 0..UInt.MAX_VALUE.toLong()) it.toUInt() else wrong(name)
    }

    /** A photo's `width`, `height` and `grey`, which is Base64. */
    fun photo(): GreyPhoto {
        val pixels = try {
            Base64.getDecoder().decode(text("grey"))
        } catch (_: IllegalArgumentException) {
            wrong("grey")
        }
        val width = number("width").takeIf { it in 1..pixels.size } ?: wrong("width")
        val height = number("height").takeIf { it in 1..pixels.size } ?: wrong("height")
        if (width * height != pixels.size.toLong()) wrong("grey")
        return GreyPhoto(width.toInt(), height.toInt(), pixels)
    }

    fun values(name: String): Map<String, FieldInput> {
        val fields = members[name] as? JsonObject ?: wrong(name)
        return fields.mapValues { (field, value) -> input(field, value) }
    }

    fun <T> list(name: String, read: (Argument) -> T): List<T> {
        val items = members[name] as? JsonArray ?: wrong(name)
        return items.map { read(Argument(it as? JsonObject ?: wrong(name))) }
    }

    private fun primitive(name: String): JsonPrimitive? = when (val member = members[name]) {
        null, JsonNull -> null
        is JsonPrimitive -> member
        else -> wrong(name)
    }

    private fun input(field: String, value: JsonElement): FieldInput = when (value) {
        JsonNull -> FieldInput.Null
        is JsonPrimitive -> primitiveInput(field, value)
        is JsonArray -> FieldInput.Texts(value.map { text(field, it) })
        is JsonObject -> wrong(field)
    }

    private fun primitiveInput(field: String, value: JsonPrimitive): FieldInput {
        if (value.isString) return FieldInput.Text(value.content)
        value.booleanOrNull?.let { return FieldInput.YesNo(it) }
        return FieldInput.Number(whole(value) ?: wrong(field))
    }

    private fun text(field: String, item: JsonElement): String =
        (item as? JsonPrimitive)?.takeIf { it.isString }?.content ?: wrong(field)

    private fun whole(value: JsonPrimitive): Long? = if (value.isString) null else value.longOrNull

    /** Only the name: the value may be personal. */
    private fun wrong(name: String): Nothing = throw BadRequest("$name does not read")
}

/** Methods without an argument get nothing, `null` or `{}`. */
internal fun readArgument(json: String): Argument {
    if (json.isBlank()) return Argument(JsonObject(emptyMap()))
    val element = try {
        Json.parseToJsonElement(json)
    } catch (_: SerializationException) {
        throw BadRequest("the argument is no JSON")
    }
    return when (element) {
        is JsonObject -> Argument(element)
        JsonNull -> Argument(JsonObject(emptyMap()))
        else -> throw BadRequest("the argument is no object")
    }
}
