package soban.app

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.testing.TestHost
import java.io.File
import java.lang.reflect.Modifier
import java.util.concurrent.TimeUnit

/** A library that the bindings were not made for. A process loads one once, so each has its own. */
class OtherLibraryTest {
    @TempDir
    lateinit var folder: File

    @Test
    fun `a library of another contract is used for no call`() {
        assertEquals(listOf(REFUSED, REFUSED, "null"), answersWith(compile(everyFunction())))
    }

    @Test
    fun `a library without our functions is used for no call`() {
        val answers = answersWith(compile(listOf("nothing_of_ours")))
        val refused = answers.dropLast(1).all { "\"internal\"" in it && "Error" in it }
        assertTrue(refused && answers.last() == "null", answers.toString())
    }

    /** Every function that the bindings call, each answering 0: the contract's version too. */
    private fun everyFunction(): List<String> = listOf("UniffiLib", "IntegrityCheckingUniffiLib")
        .map { Class.forName("uniffi.soban_bindings.$it", false, javaClass.classLoader) }
        .flatMap { it.declaredMethods.toList() }
        .filter { Modifier.isNative(it.modifiers) }
        .map { it.name }

    private fun compile(functions: List<String>): File {
        val source = File(folder, "other.c")
        source.writeText(functions.joinToString("\n") { "long $it(void) { return 0; }" })
        val library = File(folder, System.mapLibraryName("soban_bindings"))
        finish("cc", "-shared", "-fPIC", "-o", library.path, source.path)
        return folder
    }

    private fun answersWith(libraries: File): List<String> = finish(
        File(System.getProperty("java.home"), "bin/java").path,
        "-cp",
        System.getProperty("java.class.path"),
        "-Djna.library.path=$libraries",
        "-Djna.tmpdir=$folder",
        "soban.app.OtherLibrary",
        File(folder, "phone").path
    ).lines()

    private fun finish(vararg command: String): String {
        val output = File(folder, "output")
        val process = ProcessBuilder(*command).redirectErrorStream(true)
            .redirectOutput(output).start()
        val ended = process.waitFor(1, TimeUnit.MINUTES)
        if (!ended) process.destroyForcibly()
        val text = output.readText().trim()
        assertTrue(ended && process.exitValue() == 0, text)
        return text
    }

    private companion object {
        const val REFUSED =
            """{"error":{"kind":"internal","detail":"java.lang.ExceptionInInitializerError"}}"""
    }
}

/** Starts the app, asks it twice, and lets its timer ask for a sync. */
object OtherLibrary {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val app = PhoneApp(TestHost(File(arguments.single())))
        repeat(2) { println(app.bridge.call("status", "{}")) }
        println(app.syncWhenDue())
    }
}
