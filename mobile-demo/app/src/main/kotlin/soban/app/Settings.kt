package soban.app

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.longOrNull
import java.io.File
import java.io.FileOutputStream
import java.io.IOException

/**
 * What the app itself keeps beside the phone's file: the district's address, as `soban phone` does,
 * the text size, since when one practises, and how the last sync ended.
 */
internal class Settings(private val folder: File) {
    init {
        folder.mkdirs()
    }

    var server: String?
        get() = read("server")?.toString(Charsets.UTF_8)?.trim()?.ifEmpty { null }
        set(address) = write("server", address.orEmpty().toByteArray())

    var textSize: Int
        get() = (preferences["textSize"] as? JsonPrimitive)?.intOrNull ?: DEFAULT_TEXT_SIZE
        set(percent) = prefer("textSize", JsonPrimitive(percent))

    /** When practice was switched on; null if it is off. */
    var practiceSince: Long?
        get() = (preferences["practiceSince"] as? JsonPrimitive)?.longOrNull
        set(at) = prefer("practiceSince", JsonPrimitive(at))

    var lastSync: JsonObject?
        get() = readJson("last-sync")
        set(report) = write("last-sync", report.toString().toByteArray())

    var seal: ByteArray?
        get() = read("seal")
        set(wrapped) = write("seal", wrapped ?: ByteArray(0))

    @get:Synchronized
    private val preferences: JsonObject
        get() = readJson("preferences") ?: JsonObject(emptyMap())

    @Synchronized
    private fun prefer(name: String, value: JsonPrimitive) {
        val changed = JsonObject(preferences + (name to value))
        write("preferences", changed.toString().toByteArray())
    }

    /** A file that does not read is as good as none: nothing in it is anybody's work. */
    private fun readJson(name: String): JsonObject? = try {
        read(name)?.let { Json.parseToJsonElement(it.toString(Charsets.UTF_8)) } as? JsonObject
    } catch (_: SerializationException) {
        null
    }

    private fun read(name: String): ByteArray? = try {
        File(folder, name).takeIf(File::exists)?.readBytes()?.takeIf { it.isNotEmpty() }
    } catch (_: IOException) {
        null
    }

    /** All of it or nothing, whenever the phone dies. */
    @Synchronized
    private fun write(name: String, bytes: ByteArray) {
        val new = File(folder, "$name.new")
        FileOutputStream(new).use {
            it.write(bytes)
            it.fd.sync()
        }
        if (!new.renameTo(File(folder, name))) throw IOException("$name cannot be written")
    }

    companion object {
        const val DEFAULT_TEXT_SIZE = 100
        val TEXT_SIZES = setOf(100, 125, 150, 200)
    }
}
