package soban.app.net

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import soban.app.Failure

/** A district behind its address: messages, and what it says no with. */
internal class District(private val http: Http, private val address: String) {
    fun post(
        path: String,
        body: ByteArray,
        cancellation: Cancellation,
        authorization: String? = null,
        keepAlive: Boolean = false
    ): ByteArray {
        val request = HttpRequest(address + path, body, authorization, keepAlive)
        val answer = try {
            http.post(request, cancellation)
        } catch (failure: LinkException) {
            throw refusalOf(failure.trouble)
        }
        if (answer.status == OK && answer.contentType == UrlHttp.CBOR) return answer.body
        throw Refusal(failureOf(answer), answer.status, problemOf(answer), answer.retryAfter)
    }

    private fun refusalOf(trouble: LinkTrouble) = Refusal(
        when (trouble) {
            LinkTrouble.UNREACHABLE, LinkTrouble.UNKNOWN_HOST -> Failure.OFFLINE
            LinkTrouble.CUT, LinkTrouble.CANCELLED -> Failure.CUT
            LinkTrouble.NOT_TRUSTED, LinkTrouble.NONSENSE -> Failure.BAD_ANSWER
        },
        trouble = trouble
    )

    private fun failureOf(answer: HttpAnswer) = when (answer.status) {
        TIMED_OUT, TOO_MANY, in SERVER_ERRORS -> Failure.SERVER
        else -> Failure.BAD_ANSWER
    }

    private fun problemOf(answer: HttpAnswer): String? {
        if (answer.status == UNAUTHORIZED) return UNKNOWN_DEVICE
        if (answer.contentType != "application/problem+json") return null
        return try {
            val problem = Json.parseToJsonElement(answer.body.toString(Charsets.UTF_8))
            ((problem as? JsonObject)?.get("type") as? JsonPrimitive)?.content
        } catch (_: SerializationException) {
            null
        }
    }

    companion object {
        const val ENROL = "/v1/enrol"
        const val SYNC = "/v1/sync"
        const val RETURN = "/v1/return"

        const val UNKNOWN_DEVICE = "/problems/unknown-device"
        const val REVOKED = "/problems/revoked"

        private const val OK = 200
        private const val UNAUTHORIZED = 401
        private const val TIMED_OUT = 408
        private const val TOO_MANY = 429
        private val SERVER_ERRORS = 500..599
    }
}

/** A message that was not answered as it should be. */
internal class Refusal(
    val failure: Failure,
    /** The HTTP status, or 0. */
    val status: Int = 0,
    /** A problem document's `type`. */
    val problem: String? = null,
    /** In seconds. */
    val retryAfter: Long? = null,
    val trouble: LinkTrouble? = null
) : Exception(failure.name) {
    /** Whether the same message may go through a little later. A smaller one may pass a limit. */
    val isPassing: Boolean
        get() = when (failure) {
            Failure.OFFLINE, Failure.CUT, Failure.SERVER -> trouble != LinkTrouble.CANCELLED
            else -> status == TOO_LARGE
        }

    private companion object {
        const val TOO_LARGE = 413
    }
}
