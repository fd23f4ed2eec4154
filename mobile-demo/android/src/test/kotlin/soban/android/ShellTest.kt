package soban.android

import android.os.Bundle
import android.os.Looper
import android.webkit.WebView
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.After
import org.junit.Before
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.Config
import soban.app.testing.TestDistrict
import soban.app.testing.waitUntil
import java.io.File
import java.nio.file.Files

/** A shell that runs, with our library loaded, and what a page would do in it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], application = PhoneApplication::class)
abstract class ShellTest {
    protected val application get() = RuntimeEnvironment.getApplication() as PhoneApplication
    protected lateinit var shown: ActivityController<PhoneActivity>
    private val folder: File = Files.createTempDirectory("soban").toFile()
    private var started: TestDistrict? = null
    private var calls = 0

    protected val district get() = started ?: TestDistrict(folder).also { started = it }

    @Before
    fun launch() {
        FakeKeystore.install()
        TestNetwork.connect()
        shown = Robolectric.buildActivity(PhoneActivity::class.java).setup()
    }

    @After
    fun end() {
        application.onTerminate()
        started?.close()
        folder.deleteRecursively()
    }

    protected val page: WebView
        get() = shown.get().findViewById<android.view.ViewGroup>(android.R.id.content)
            .getChildAt(0) as WebView

    /** What the page's `sobanHost.call` does, and what `sobanAnswer` then gets. */
    protected fun ask(method: String, json: String = "{}"): JsonObject {
        val id = "call ${++calls}"
        val host = shadowOf(page).getJavascriptInterface("sobanHost") as HostObject
        host.call(id, method, json)
        val start = "window.sobanAnswer(\"$id\","
        waitUntil("$method is answered") {
            shadowOf(Looper.getMainLooper()).idle()
            shadowOf(page).lastEvaluatedJavascript.orEmpty().startsWith(start)
        }
        val script = shadowOf(page).lastEvaluatedJavascript
        val literal = script.removePrefix(start).removeSuffix(")")
        return Json.parseToJsonElement(Json.parseToJsonElement(literal).jsonPrimitive.content)
            .jsonObject
    }

    protected fun call(method: String, json: String = "{}"): JsonElement =
        ask(method, json).let { checkNotNull(it["ok"]) { "$method: $it" } }

    protected fun enrol() = call("enrol", """{"text":"${district.qr()}","server":null}""")

    protected fun records(): Int = call("list").jsonArray.size

    /** The system ends the process: the screen is told to keep its state, the rest just ends. */
    protected fun killAndRestore() {
        val state = Bundle()
        shown.pause().stop().saveInstanceState(state)
        shown.destroy()
        application.onTerminate()
        shown = Robolectric.buildActivity(PhoneActivity::class.java).setup(state)
    }
}
