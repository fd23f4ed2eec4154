package soban.desk

import java.io.IOException
import java.util.logging.LogManager

/**
 * Java's own log without what a program that writes nothing there would wait for: its file of
 * settings, and those who would write it down. JNA asks for a logger at its very beginning.
 */
class QuietLogManager : LogManager() {
    override fun readConfiguration(): Unit = throw IOException("there are no settings to read")
}
