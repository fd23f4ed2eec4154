package soban.app.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import soban.app.Host
import soban.app.NetworkState
import soban.app.PhoneApp
import soban.app.Timer
import soban.app.Vault
import soban.app.net.Http
import soban.app.net.UrlHttp
import soban.app.sync.Patience
import java.io.File
import java.util.Random
import java.util.concurrent.ConcurrentHashMap

/** A platform of which a test decides everything. */
class TestHost(
    override val folder: File,
    override var http: Http = UrlHttp(silenceMs = 500, connectMs = 2_000)
) : Host {
    @Volatile var network = NetworkState.FREE

    @Volatile var now: Long? = null

    @Volatile var wakeAt: Long? = null

    val handedOut = ConcurrentHashMap<String, String>()
    val printed = ArrayList<String>()

    override var defaultServer: String? = null
    override val appVersion = "test 1"
    override val timer = object : Timer {
        override fun wakeAt(atMs: Long?) {
            wakeAt = atMs
        }
    }
    override val vault = object : Vault {
        override fun wrap(secret: ByteArray) = secret.reversedArray()

        override fun unwrap(wrapped: ByteArray) = wrapped.reversedArray()
    }

    override fun nowMs() = now ?: System.currentTimeMillis()

    override fun network() = network

    override fun freeBytes(): Long? = null

    override fun handOut(name: String, text: String) {
        handedOut[name] = text
    }

    override fun print(title: String) {
        printed += title
    }
}

/** A phone as its screens drive it: through the bridge alone. */
class TestPhone(val host: TestHost, patience: Patience = IMPATIENT) : AutoCloseable {
    val app = PhoneApp(host, patience, Random(7))

    constructor(folder: File) : this(TestHost(folder))

    /** The answer, which is no failure. */
    fun call(method: String, argument: String = "null"): JsonElement =
        ask(method, argument).let { checkNotNull(it["ok"]) { "$method: $it" } }

    /** The failure, which is the answer. */
    fun failure(method: String, argument: String = "null"): JsonObject =
        ask(method, argument).let { checkNotNull(it["error"]) { "$method: $it" } }.jsonObject

    private fun ask(method: String, argument: String): JsonObject =
        Json.parseToJsonElement(app.bridge.call(method, argument)).jsonObject

    fun enrol(text: String) {
        call("enrol", """{"text":"$text","server":null}""")
    }

    fun sync(): JsonObject = call("sync").jsonObject

    fun status(): JsonObject = call("status").jsonObject

    fun list(words: String = ""): JsonArray = call("list", """{"words":"$words"}""").jsonArray

    fun saveGift(donor: String = "ông Lục Thượng Cường", area: String = "5.200 m²"): JsonObject =
        call("save", gift(donor, area)).jsonObject

    override fun close() = app.close()

    companion object {
        /** Tests do not wait. */
        val IMPATIENT = Patience(
            pausesMs = listOf(1, 1),
            longestPauseMs = 2_000,
            longestSilenceMs = 1_000
        )

        fun gift(donor: String, area: String, draft: Long? = null): String =
            """{"form":"contribution","confirmed":true,"draft":$draft,"rows":[],"fields":{
               "kind":"land","donor_kind":"individual","donor_name":"$donor","village":"1034",
               "occurred_on":"12/4/2012","stage":"pledged","area_m2":"$area"}}"""
    }
}

fun JsonElement.text(name: String): String = jsonObject.getValue(name).jsonPrimitive.content

fun JsonElement.number(name: String): Long = jsonObject.getValue(name).jsonPrimitive.long

fun JsonElement.flag(name: String): Boolean = jsonObject.getValue(name).jsonPrimitive.boolean

fun JsonElement.isNull(name: String): Boolean =
    jsonObject.getValue(name) == kotlinx.serialization.json.JsonNull
