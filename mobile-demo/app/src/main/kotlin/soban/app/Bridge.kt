package soban.app

import soban.app.json.failureJson
import soban.app.json.json
import soban.app.json.readArgument
import soban.app.methods.Method

/**
 * The one entrance for screens: a method's name and JSON in, JSON out, as `contract.ts` writes them.
 * What comes back is `{"ok": …}` or `{"error": …}`; nothing is thrown. Calls may come from any thread.
 */
class Bridge internal constructor(
    private val methods: Map<String, Method>,
    private val log: RingLog
) {
    val methodNames: Set<String> get() = methods.keys

    fun call(method: String, argument: String): String = try {
        val answer = methods[method] ?: throw BadRequest("there is no method of that name")
        json("ok" to answer(readArgument(argument))).toString()
    } catch (failure: Exception) {
        failed(method, failure)
    } catch (failure: LinkageError) {
        failed(method, failure)
    } catch (failure: OutOfMemoryError) {
        failed(method, failure)
    } catch (failure: StackOverflowError) {
        failed(method, failure)
    }

    private fun failed(method: String, failure: Throwable): String {
        val name = if (methods.containsKey(method)) method else "unknown"
        log.add("bridge: $name: ${failure.javaClass.simpleName}")
        return failureJson(failure).toString()
    }
}
