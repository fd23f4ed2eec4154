package soban.desk

import java.io.IOException
import java.util.logging.LogManager
import java.util.logging.Logger

/**
 * Java's own log without what a program that writes nothing there would wait for: its file of
 * settings, those who would write it down, and a tree of loggers: whoever asks for one gets one that
 * nobody listens to. JNA asks at its very beginning.
 */
class QuietLogManager : LogManager() {
    override fun readConfiguration(): Unit = throw IOException("there are no settings to read")

    override fun addLogger(logger: Logger) = true

    override fun getLogger(name: String): Logger? = null
}
