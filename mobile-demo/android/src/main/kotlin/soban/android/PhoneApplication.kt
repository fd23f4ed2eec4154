package soban.android

import android.app.Application
import soban.app.PhoneApp
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

/** The one phone of this process, whatever of it Android starts: its screen, its job, or both. */
class PhoneApplication : Application() {
    private val screens = Screens()

    /** Nothing of the phone is done on the screen's thread. A sync keeps a thread for minutes. */
    val work: ExecutorService = Executors.newCachedThreadPool()

    lateinit var timer: JobTimer
        private set

    private var opened: PhoneApp? = null

    override fun onCreate() {
        super.onCreate()
        timer = JobTimer(this)
        timer.planDaily()
    }

    /** Opens the phone's files at the first call, which may take a moment. */
    @Synchronized
    fun phone(): PhoneApp =
        opened ?: PhoneApp(AndroidHost(this, timer, screens)).also { opened = it }

    fun show(screen: Screen) {
        screens.current = screen
    }

    fun hide(screen: Screen) {
        if (screens.current === screen) screens.current = null
    }

    /** Real phones just end the process, which loses nothing either. */
    @Synchronized
    override fun onTerminate() {
        opened?.close()
        opened = null
        super.onTerminate()
    }
}

/** What is on the screen now, for what can only be done from there. */
interface Screen {
    fun print(title: String)
}

/** The screen in front, if there is one. */
class Screens {
    @Volatile var current: Screen? = null
}
