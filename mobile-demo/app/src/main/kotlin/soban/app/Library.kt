package soban.app

import soban.app.json.json
import soban.app.json.readArgument
import uniffi.soban_bindings.uniffiEnsureInitialized
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import kotlin.concurrent.thread

// Most of a start is the library's: loading it, and what calls it. That has a thread of its own, so
// that the rest of the app is made meanwhile. No more than one: two that lay out JNA's first
// structures at once can wait for each other for ever.

private val loading = FutureTask({ uniffiEnsureInitialized() }, Unit)

/** Begins to load the library. A host may call it first of all, before there is an app. */
fun loadAhead() {
    thread(name = "loading", isDaemon = true) { loading.run() }
}

/**
 * Comes back once the library is loaded and found to be the one that the bindings were made for. Where
 * it is not, every call throws the same [LinkageError]: of another library, calls would only seem to
 * work.
 */
internal fun load() {
    loading.run()
    try {
        loading.get()
    } catch (failure: ExecutionException) {
        throw failure.cause ?: failure
    }
}

/**
 * Does for the first time what loading and the first calls need, and what takes the machine long only
 * then: reading an annotation, as JNA does for the first structure that it lays out, and JSON.
 */
internal fun warmUp() {
    try {
        Class.forName(FIRST_STRUCTURE, false, Bridge::class.java.classLoader).annotations
    } catch (_: ClassNotFoundException) {
        // Another JNA's first is another one, and is read when its turn comes.
    }
    json("ok" to readArgument("""{"warm":1}""").number("warm")).toString()
}

private const val FIRST_STRUCTURE = "com.sun.jna.Structure\$FFIType"
