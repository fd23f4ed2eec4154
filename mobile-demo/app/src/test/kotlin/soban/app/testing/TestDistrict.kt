package soban.app.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.File
import java.net.ServerSocket
import java.util.concurrent.TimeUnit

/** A real district server of its own, on loopback. */
class TestDistrict(private val folder: File) : AutoCloseable {
    private val data = File(folder, "district")
    private val port = ServerSocket(0).use { it.localPort }
    private var process: Process? = null

    val address = "http://127.0.0.1:$port"

    /** The first administrator's first password. */
    val password: String

    init {
        folder.mkdirs()
        password = run("init").substringAfter("once: ").substringBefore('\n').trim()
        start()
    }

    fun start() {
        val ready = File(folder, "address").apply { delete() }
        val listen = arrayOf("--listen", "127.0.0.1:$port", "--address-file", ready.path)
        process = command("serve", *listen).start()
        waitUntil("the district listens") { ready.exists() && ready.readText().isNotBlank() }
    }

    fun stop() {
        val ending = process ?: return
        process = null
        ending.destroyForcibly()
        check(ending.waitFor(STOP_S, TimeUnit.SECONDS)) { "the district did not stop" }
    }

    /** A code for a cell: that of Pạc Bo, if no other is named. */
    fun invite(unit: Int = PAC_BO, holder: String = "bà Vàng Thị Mai"): String {
        val line = run("invite", "--unit", "$unit", "--holder", holder, "--json")
        return Json.parseToJsonElement(line).jsonObject.getValue("code").jsonPrimitive.content
    }

    fun qr(unit: Int = PAC_BO): String = "$address/enrol#${invite(unit)}"

    fun revoke(device: String) {
        run("device", "revoke", device)
    }

    /** Stops, and goes back to what its data were when [whole] was taken. */
    fun restore(whole: File) {
        stop()
        check(data.deleteRecursively() && whole.copyRecursively(data))
        start()
    }

    fun backUp(): File {
        stop()
        val copy = File(folder, "copy")
        check(data.copyRecursively(copy))
        start()
        return copy
    }

    override fun close() = stop()

    private fun run(vararg arguments: String): String {
        val process = command(*arguments).redirectOutput(ProcessBuilder.Redirect.PIPE).start()
        val output = process.inputStream.readBytes().toString(Charsets.UTF_8)
        check(process.waitFor() == 0) { "soban ${arguments.first()} failed: $output" }
        return output.trim()
    }

    private fun command(vararg arguments: String): ProcessBuilder {
        val program = checkNotNull(System.getProperty("soban.program")) { "-Dsoban.program" }
        return ProcessBuilder(program, *arguments)
            .apply { environment()["SOBAN_DATA"] = data.path }
            .redirectErrorStream(true)
            .redirectOutput(File(folder, "district.log"))
    }

    companion object {
        const val PAC_BO = 2035
        private const val STOP_S = 10L
    }
}

/** Waits for what another thread or program does; gives up after a while. */
fun waitUntil(what: String, isSo: () -> Boolean) {
    val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30)
    while (!isSo()) {
        check(System.nanoTime() < deadline) { "never: $what" }
        Thread.sleep(10)
    }
}
