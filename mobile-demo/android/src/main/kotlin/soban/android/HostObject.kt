package soban.android

import android.webkit.JavascriptInterface
import java.util.concurrent.Executor
import java.util.concurrent.RejectedExecutionException

/**
 * `window.sobanHost` of the page: `call(id, method, json)`, which is answered by
 * `window.sobanAnswer(id, json)`. The page does not wait in it.
 */
class HostObject(
    private val work: Executor,
    private val ask: (method: String, json: String) -> String,
    private val run: (script: String) -> Unit
) {
    @JavascriptInterface
    fun call(id: String, method: String, json: String) {
        try {
            work.execute { answer(id, ask(method, json)) }
        } catch (_: RejectedExecutionException) {
            // The process is ending; what was saved is on disk.
        }
    }

    private fun answer(id: String, json: String) =
        run("window.sobanAnswer(${quoteScript(id)},${quoteScript(json)})")
}
