package soban.desk

import soban.app.loadAhead
import java.util.concurrent.CountDownLatch
import kotlin.system.exitProcess

/** Starts the phones, prints an address for each, and serves until it is told to stop. */
fun main(arguments: Array<String>) {
    val begun = System.nanoTime()
    loadAhead()
    val options = try {
        Options.read(arguments.toList())
    } catch (wrong: WrongOption) {
        System.err.println("desk: ${wrong.message}\n${Options.USAGE}")
        exitProcess(2)
    }
    if (options.timeStart) return println(StartTime.measure(options, begun))
    if (options.rehearse) return rehearse(options)
    val desks = (1..options.phones).map { Desk.start(options, it) }
    val stopped = CountDownLatch(1)
    Runtime.getRuntime().addShutdownHook(
        Thread {
            desks.forEach(Desk::close)
            stopped.countDown()
        }
    )
    desks.forEach { println(it.address) }
    System.out.flush()
    stopped.await()
}
