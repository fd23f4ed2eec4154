package soban.app.sync

import soban.app.Failure

/** How a sync ended. */
data class SyncReport(
    val startedAt: Long,
    val endedAt: Long,
    /** Null if it went through. */
    val failure: Failure?,
    /** Entries that the district has confirmed in it. */
    val sent: Int,
    val received: Int,
    val refused: Int,
    /** Entries that still wait. */
    val waiting: Int,
    val requests: Int,
    val bytesUp: Long,
    val bytesDown: Long
)

/** What the engine does and plans. */
data class SyncState(
    val running: Boolean,
    val sent: Int,
    val toSend: Int,
    val received: Int,
    /** The next attempt by itself; null if none is planned. */
    val nextAt: Long?
)
