package soban.app.net

import java.io.IOException

/** The way to a district: one message up, one down. */
fun interface Http {
    /** Throws [LinkException] where no whole answer came. */
    @Throws(LinkException::class)
    fun post(request: HttpRequest, cancellation: Cancellation): HttpAnswer
}

class HttpRequest(
    val url: String,
    val body: ByteArray,
    val authorization: String? = null,
    /** More requests are likely to follow. */
    val keepAlive: Boolean = false
)

class HttpAnswer(
    /** -1 for what is not HTTP. */
    val status: Int,
    val contentType: String?,
    /** In seconds. */
    val retryAfter: Long?,
    val body: ByteArray
)

/** Why no whole answer came. */
enum class LinkTrouble {
    /** Nobody was reached. */
    UNREACHABLE,

    /** No such name is known. */
    UNKNOWN_HOST,

    /** Somebody was reached, and then it ended or went silent. */
    CUT,

    /** Whoever answers cannot show that it is the district. */
    NOT_TRUSTED,

    /** What answers does not speak HTTP, or without end. */
    NONSENSE,

    /** The app ended it. */
    CANCELLED
}

class LinkException(val trouble: LinkTrouble, cause: Throwable? = null) :
    IOException(trouble.name, cause)
