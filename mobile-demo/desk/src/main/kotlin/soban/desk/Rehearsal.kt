package soban.desk

import soban.app.PhoneApp
import java.io.File
import java.util.jar.JarFile

/**
 * Starts a new phone, and that phone once more, and loads what only fuller phones use of the app: the
 * machine writes down the classes that it has by then, and later starts need neither read nor check
 * them.
 */
internal fun rehearse(options: Options) {
    repeat(2) { StartTime.measure(options) }
    for (part in listOf(PhoneApp::class.java, Desk::class.java)) {
        val jar = File(part.protectionDomain.codeSource.location.toURI())
        JarFile(jar).use { file ->
            val classes = file.stream().map { it.name }.filter { it.endsWith(".class") }
            classes.forEach {
                val name = it.removeSuffix(".class").replace('/', '.')
                Class.forName(name, false, part.classLoader)
            }
        }
    }
}
