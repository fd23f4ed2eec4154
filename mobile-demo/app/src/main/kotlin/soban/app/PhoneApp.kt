package soban.app

import soban.app.methods.allMethods
import soban.app.sync.Patience
import soban.app.sync.SyncEngine
import soban.app.sync.SyncReport
import java.util.Random

/**
 * Everything of the phone below its screens: made once by whoever hosts it.
 *
 * It is not the domain, which is behind the bindings, nor the platform, which is behind [Host]. Chance
 * is Java's: on a desk Kotlin's own begins by searching every library for Android.
 */
class PhoneApp(host: Host, patience: Patience = Patience(), random: Random = Random()) :
    AutoCloseable {
    init {
        loadAhead()
        warmUp()
    }

    private val log = RingLog(host)
    private val settings = Settings(host.folder)
    private val phones = Phones(host, settings, log)
    private val engine = SyncEngine(host, phones, settings, log, patience, random)

    /** What the screens call. */
    val bridge = Bridge(allMethods(host, phones, settings, engine, log, patience), log)

    init {
        Seal(host, settings, log).check()
        phones.openAhead()
    }

    /** A sync that nobody asked for, if there is anything to send; null if it is not the time. */
    fun syncWhenDue(): SyncReport? = engine.syncWhenDue()

    /** Ends a running sync early; what was confirmed stays confirmed. */
    fun cancelSync() = engine.cancel()

    /** Lets go of the files. Nothing may be called after it. */
    override fun close() {
        engine.cancel()
        phones.close()
    }
}
